import Foundation
import ServiceHost
import Testing

/// The events, what explains them, and the code that tells them belong together.
@Suite struct EventKindTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func theCatalogueExplainsEachAndNothingElse() throws {
    let entries = try Self.text("systemd/langflix.catalog").split(separator: "\n-- ").dropFirst()
    var explained: [String] = []
    for entry in entries {
      explained.append(String(entry.prefix(32)))
      #expect(entry.contains("\nSubject: "), "\(entry.prefix(32)) has no subject")
      let body = try #require(entry.range(of: "\n\n")).upperBound
      #expect(entry[body...].count > 20, "\(entry.prefix(32)) explains nothing")
    }
    #expect(explained.sorted() == EventKind.allCases.map(\.rawValue).sorted())
  }

  @Test func thePageListsEach() throws {
    let page = try Self.text("docs/logging.md")
    for kind in EventKind.allCases {
      #expect(page.contains(kind.rawValue), "docs/logging.md lacks \(kind), \(kind.rawValue)")
    }
  }

  @Test func eachMessageIsTold() throws {
    var sources = ""
    for folder in ["Sources/Pipeline", "Sources/langflix"] {
      let files = FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path)
      for case let file as String in files ?? .init() where file.hasSuffix(".swift") {
        sources += try Self.text("\(folder)/\(file)")
      }
    }
    for message in EventKind.allCases.flatMap(\.messages) {
      #expect(sources.contains("\"\(message)\""), "nothing logs '\(message)' any more")
      #expect(EventKind(message: message) != nil)
    }
  }

  @Test func fieldsOfTheCatalogueAreFieldsOfEvents() throws {
    let catalogue = try Self.text("systemd/langflix.catalog")
    let page = try Self.text("docs/logging.md")
    for match in catalogue.matches(of: /@(LANGFLIX_[A-Z_]+)@/) {
      #expect(page.contains("`\(match.1)`"), "docs/logging.md lacks \(match.1)")
    }
  }
}
