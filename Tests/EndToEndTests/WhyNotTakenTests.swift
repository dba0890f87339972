import Foundation
import SystemPackage
import Testing

/// What `langflix explain` and `langflix inspect` say of a file that the watcher does not take.
@Suite(.timeLimit(.minutes(10))) struct WhyNotTakenTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func expect(
    _ command: String, _ file: FilePath, _ status: Int32, says words: [String],
    _ more: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await place.langflix([command, file.string], more)
    let text = result.output + result.errors
    #expect(result.status == status, "\(text)", sourceLocation: sourceLocation)
    for word in words { #expect(text.contains(word), "\(text)", sourceLocation: sourceLocation) }
  }

  @Test func theRuleAndItsSettingAreNamed() async throws {
    let config = place.root.appending("langflix.yaml")
    try Data(
      """
      libraries:
        tv:
          path: \(place.media.string)
          exclude: ["Old", "*.preview.*"]
      """.utf8
    ).write(to: URL(fileURLWithPath: config.string))
    let named = ["LANGFLIX_CONFIG": config.string, "LANGFLIX_MEDIA": ""]
    for (folder, name, words) in [
      (
        "", "Pilot-trailer.mkv", ["a trailer or", "\"!Pilot-trailer.mkv\" in libraries.tv.exclude"]
      ),
      ("Extras", "Pilot.mkv", ["a folder of extras", "\"!Extras\" in libraries.tv.exclude"]),
      ("Old", "Pilot.mkv", ["left out by \"Old\" in libraries.tv.exclude"]),
      ("", ".Pilot.mkv", ["a hidden name"]), ("Subs", "Pilot.mkv", ["folders of subtitles"]),
    ] {
      let shelf = place.media.pushing(FilePath(folder))
      try FileManager.default.createDirectory(
        atPath: shelf.string, withIntermediateDirectories: true)
      let file = try await place.add(name, in: shelf)
      try await expect("inspect", file, 1, says: ["NOT TAKEN: ", "source: "] + words, named)
      try await expect("explain", file, 1, says: ["no episode is known there: "] + words, named)
    }
    let file = try await place.add("Pilot.mkv")
    try await expect("inspect", file, 0, says: ["library: tv"], named)
    try await expect("explain", file, 1, says: ["nothing leaves it out"], named)
  }

  @Test func whatIsNotWholeOrLiesElsewhereIsTold() async throws {
    let file = try await place.add("Pilot.mkv")
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now], ofItemAtPath: file.string)
    let settles = ["LANGFLIX_WATCH_SETTLE_SECONDS": "3600"]
    for command in ["inspect", "explain"] {
      try await expect(
        command, file, command == "inspect" ? 0 : 1,
        says: ["taken when it has stayed the same for 3600 s (watch.settle_seconds)"], settles)
    }
    let download = place.media.appending("Next.mkv")
    try Data("x".utf8).write(to: URL(fileURLWithPath: download.string))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: download.string))
    try handle.truncate(atOffset: 4_000_000)
    try handle.close()
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -600)], ofItemAtPath: download.string)
    try await expect("explain", download, 1, says: ["never written"])

    let elsewhere = place.root.appending("elsewhere")
    try FileManager.default.createDirectory(
      atPath: elsewhere.string, withIntermediateDirectories: true)
    let other = try await place.add("Pilot.mkv", in: elsewhere)
    try await expect("inspect", other, 0, says: ["note: it lies in no library"])
    try await expect("explain", other, 1, says: ["it lies in no library", "langflix process FILE"])
    try await expect("explain", place.media, 1, says: ["it is a folder"])
  }
}
