import Foundation
import SystemPackage
import Testing

/// A season's Anki deck beside its clips.
@Suite(.timeLimit(.minutes(10))) struct DeckTests {
  let place: Workplace
  private var deck: FilePath { place.media.appending("Shorts/langflix/Anki.apkg") }

  init() throws { place = try Workplace() }

  private func inode() -> Int? {
    let facts = try? FileManager.default.attributesOfItem(atPath: deck.string)
    return facts?[.systemFileNumber] as? Int
  }

  private func wait(_ daemon: Daemon, until condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while !condition() {
      try #require(ContinuousClock.now < deadline, "\(daemon.logText)")
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  @Test func aStrangersFileIsLeftAloneAndADeckThatIsBehindCatchesUp() async throws {
    let shelf = deck.removingLastComponent()
    try FileManager.default.createDirectory(
      atPath: shelf.string, withIntermediateDirectories: true)
    try Data("notes of mine".utf8).write(to: URL(fileURLWithPath: deck.string))
    let own = inode()
    var daemon = try await Daemon.start(place)
    try await place.add("Pilot.mkv")
    try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
    #expect(await daemon.stop() == 0)
    #expect(inode() == own)
    #expect(FileManager.default.contents(atPath: deck.string) == Data("notes of mine".utf8))
    #expect(daemon.logText.contains("no Anki deck"), "\(daemon.logText)")
    #expect(daemon.logText.contains("move it away"), "\(daemon.logText)")

    // The next start finds none.
    try FileManager.default.removeItem(atPath: deck.string)
    daemon = try await Daemon.start(place)
    try await wait(daemon) { inode() != nil }
    #expect(await daemon.stop() == 0)
    let first = inode()

    // As after a kill between a manifest and its deck.
    let manifest = URL(fileURLWithPath: shelf.appending("Pilot/expressions.json").string)
    let text = try String(contentsOf: manifest, encoding: .utf8)
    try #require(text.contains("call it a day"))
    try Data(text.replacing("call it a day", with: "call it a night").utf8).write(to: manifest)
    daemon = try await Daemon.start(place)
    try await wait(daemon) { inode() != first }
    #expect(await daemon.stop() == 0)
    let second = inode()

    // A deck that would be the same is looked at once, and stays.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: deck.string)
    daemon = try await Daemon.start(place)
    try await wait(daemon) {
      let facts = try? FileManager.default.attributesOfItem(atPath: deck.string)
      return (facts?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0 > 1_100_000_000
    }
    #expect(await daemon.stop() == 0)
    #expect(inode() == second)
  }
}
