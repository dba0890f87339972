import Foundation
import SystemPackage
import Testing

/// Names of files that would do harm where they were run, shown or built into a path.
@Suite(.timeLimit(.minutes(10))) struct HostileNameTests {
  private static let names = [
    "\u{1B}]0;owned\u{07}\u{1B}[2J\u{1B}[31mred",
    "$(touch escaped)`touch escaped`';touch escaped;'&",
    "<img src=x onerror=alert(1)>", "up\\..\\..\\%2e%2e%2fescaped%d%s%n", "\u{202E}gnp.exe",
    "-o pipe:1", "concat:a|b", "line\nfeed",
  ]

  /// Each is a film of its own, by its bytes.
  private func add(_ name: String, number: UInt8, to place: Workplace) async throws {
    let stem = place.media.string + "/" + name
    try Data(Fixture.subtitles.utf8).write(to: URL(fileURLWithPath: stem + ".en.srt"))
    var video = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
    video.append(contentsOf: [0xEC, 0x81, number])
    try video.write(to: URL(fileURLWithPath: stem + ".mkv"))
  }

  /// Controls and marks of direction.
  private func commands(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter {
      ($0.properties.generalCategory == .control && $0 != "\n")
        || $0.properties.generalCategory == .format
    }
  }

  @Test func namesAreNamesAndNothingElse() async throws {
    let place = try Workplace()
    for (number, name) in Self.names.enumerated() {
      try await add(name, number: UInt8(number), to: place)
    }
    let before = Set(try FileManager.default.subpathsOfDirectory(atPath: place.media.string))
    let daemon = try await Daemon.start(place, more: ["LANGFLIX_BACKLOG": "all"])
    let status = try await place.waitForStatus("every episode done") {
      $0.counts == ["done": Self.names.count]
    }
    // What is shown on a terminal and in a log holds nothing that one obeys.
    var arguments = [["status"], ["inspect", place.media.string + "/" + Self.names[0] + ".mkv"]]
    arguments += status.episodes.map { ["explain", $0.path] }
    for call in arguments {
      let said = try await place.langflix(call)
      #expect(said.status == 0, "\(call): \(said.errors)")
      #expect(commands(in: said.output + said.errors).isEmpty, "\(call): \(said.output)")
    }
    #expect(await daemon.stop() == 0)
    #expect(commands(in: daemon.logText).isEmpty, "\(daemon.logText)")
    // Nothing ran and nothing lies outside of where clips go.
    let made = Set(try FileManager.default.subpathsOfDirectory(atPath: place.media.string))
      .subtracting(before)
    #expect(made.allSatisfy { $0 == "Shorts" || $0.hasPrefix("Shorts/") }, "\(made)")
    let beside = place.names(in: place.root)
    #expect(beside.allSatisfy { ["media", "state"].contains($0) || $0.hasPrefix("log-") })
    #expect(!FileManager.default.fileExists(atPath: "escaped"))
    let shelf = place.media.appending("Shorts/langflix")
    let folders = place.clipFolders(in: shelf)
    #expect(folders.count == Self.names.count, "\(folders)")
    for folder in folders {
      #expect(commands(in: folder).isEmpty && !folder.contains("\n"), "\(folder)")
      try await expectGoodClips(shelf.appending(folder))
    }
    // A page shows the name of the harmful tag, and is not given one.
    for page in made.filter({ $0.hasSuffix(".html") }) {
      let text = try String(contentsOfFile: place.media.string + "/" + page, encoding: .utf8)
      #expect(!text.contains("<img src=x"), "\(page)")
    }
  }
}
