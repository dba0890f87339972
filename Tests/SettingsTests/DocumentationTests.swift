import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct DocumentationTests {
  private let example = packageRoot.appending("docs/langflix.example.yaml")

  /// The lines that are keys, with the mark that comments them out taken away; prose begins with '# '.
  private func uncommented() throws -> String {
    try String(contentsOfFile: example.string, encoding: .utf8)
      .replacing(/(?m)^#(?=[a-z]| {2})/, with: "")
  }

  private func load(_ text: String) async throws -> LoadedConfiguration {
    try await Sandbox().load(text)
  }

  @Test func theExampleLoadsAsItIs() async throws {
    let loaded = try await load(String(contentsOfFile: example.string, encoding: .utf8))
    #expect(loaded.settings.libraries.map(\.name) == ["tv"])
    let set = loaded.origins.filter { $0.origin.contains(".yaml:") }.map(\.key)
    #expect(set == ["libraries.tv.path"])
  }

  @Test func theExampleLoadsWithEverythingSetAndShowsTheDefaults() async throws {
    let loaded = try await load(uncommented())
    #expect(loaded.settings.libraries.map(\.name) == ["films", "media", "tv"])
    let defaults = try await load("")
    for key in SettingKeys.top {
      #expect(loaded.origin(key.name)?.contains(".yaml:") == true, "\(key.name) is not shown")
      if key.name != "state_folder" {
        #expect(loaded.value(key.name) == defaults.value(key.name))
      }
    }
    for key in SettingKeys.library {
      let origin = loaded.origin("libraries.tv.\(key.name)")
      #expect(origin?.contains(".yaml:") == true, "\(key.name) is not shown")
    }
  }

  /// The table is made from the keys that the program reads: `LANGFLIX_WRITE_GOLDENS=1` writes it anew, and fails.
  @Test func thePageEndsWithTheTableOfKeys() throws {
    let page = packageRoot.appending("docs/configuration.md")
    let text = try String(contentsOfFile: page.string, encoding: .utf8)
    let parts = text.split(separator: "\n## Keys\n\n", maxSplits: 1)
    try #require(parts.count == 2)
    if ProcessInfo.processInfo.environment["LANGFLIX_WRITE_GOLDENS"] != nil {
      try "\(parts[0])\n## Keys\n\n\(SettingKeys.reference)".write(
        toFile: page.string, atomically: true, encoding: .utf8)
    }
    #expect(
      String(parts[1]) == SettingKeys.reference,
      "LANGFLIX_WRITE_GOLDENS=1 swift test --filter DocumentationTests writes the table anew")
  }

  @Test func helpIsOneSentence() {
    let help =
      SettingKeys.top.map(\.help) + SettingKeys.library.map(\.help)
      + SettingKeys.provider.map(\.help)
    for line in help + [SettingKeys.media.help] {
      #expect(line.hasSuffix(".") && !line.contains("\n") && !line.contains("|"))
    }
  }
}
