import Foundation
import ModelServer
import SystemPackage
import Testing

/// `langflix reload` while `langflix serve` works.
@Suite(.timeLimit(.minutes(10))) struct ReloadTests {
  let place: Workplace
  private var file: FilePath { place.root.appending("langflix.yaml") }

  init() throws { place = try Workplace() }

  private func configure(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
  }

  private func reload() async throws -> CommandResult {
    try await place.langflix(["reload"], ["LANGFLIX_CONFIG": file.string, "LANGFLIX_MEDIA": ""])
  }

  private func library(_ name: String, _ folder: FilePath, more: String = "") throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    return "libraries:\n  \(name):\n    path: \(folder)\n\(more)"
  }

  @Test func anotherLibraryAndOtherClipsComeIntoForceWithoutARestart() async throws {
    let other = place.root.appending("other")
    try configure(try library("tv", place.media))
    let daemon = try await Daemon.start(place, configuration: file)
    let pid = daemon.pid
    try configure(
      try library("tv", place.media, more: "  films:\n    path: \(other)\n")
        + "clip:\n  layout: extras\nshutdown_seconds: 7\n")
    try FileManager.default.createDirectory(
      atPath: other.string, withIntermediateDirectories: true)

    let result = try await reload()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("in force now: clip.layout"))
    #expect(result.output.contains("libraries.films.path"))
    #expect(result.output.contains("only after a restart: shutdown_seconds"))

    try await place.waitForStatus("the new library") {
      $0.libraries.first { $0.name == "films" }?.isWatched == true
    }
    try await place.add("New.mkv", in: other)
    let status = try await place.waitForStatus("its episode") {
      $0.episode("New")?.state == "done"
    }
    #expect((status.episode("New")?.clips ?? 0) > 0)
    let shorts = place.names(in: other.appending("Shorts"))
    #expect(shorts.count { $0.hasSuffix(".mkv") || $0.hasSuffix(".mp4") } > 1, "the new layout")
    #expect(kill(pid, 0) == 0, "the same process")
    #expect(await daemon.stop() == 0)
  }

  @Test func aWrongConfigurationIsRefusedAndTheOneBeforeStays() async throws {
    try configure(try library("tv", place.media))
    let daemon = try await Daemon.start(place, configuration: file)
    try configure(
      try library("tv", place.media) + "selection:\n  clips: many\nwatch:\n  settle: 1\n")
    let result = try await reload()
    #expect(result.status == 78)
    #expect(result.errors.contains("langflix.yaml:"), "with the line: \(result.errors)")
    #expect(result.errors.contains("selection.clips"))
    #expect(result.errors.contains("the configuration before stays in force"))
    #expect(daemon.logText.contains("configuration refused"))

    try configure("selection:\n  clips: 5\n")
    let empty = try await reload()
    #expect(empty.status == 78)
    #expect(empty.errors.contains("no library is configured"))

    try await place.add("Still.mkv")
    try await place.waitForStatus("work under the old one") {
      $0.episode("Still")?.state == "done"
    }
    #expect(await daemon.stop() == 0)
  }

  @Test func theLogFollows() async throws {
    try configure(try library("tv", place.media))
    let daemon = try await Daemon.start(place, configuration: file)
    #expect(!daemon.logText.contains(" DEBUG "))
    try configure(try library("tv", place.media) + "log:\n  level: debug\n")
    let result = try await reload()
    #expect(result.output == "in force now: log.level\n")
    _ = try await place.status()
    #expect(daemon.logText.contains(" DEBUG control request"))
    let again = try await reload()
    #expect(again.output == "nothing has changed\n")
    #expect(await daemon.stop() == 0)
  }

  @Test func aSecondReloadBreaksOffNothingThatIsPaidFor() async throws {
    try await ModelWorkplace.with(PlausibleModel(latency: .seconds(15))) { work in
      let file = work.place.root.appending("langflix.yaml")
      func reload(perMinute limit: Int) async throws -> CommandResult {
        let text =
          "libraries:\n  tv:\n    path: \(work.place.media)\n"
          + "providers:\n  openai:\n    requests_per_minute: \(limit)\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
        return try await work.langflix(
          ["reload"], ["LANGFLIX_CONFIG": file.string, "LANGFLIX_MEDIA": ""])
      }
      _ = try await reload(perMinute: 1_000)
      let daemon = try await Daemon.start(work.place, configuration: file, more: work.more)
      // As many batches as are asked at once: all are in flight.
      try await work.addEpisode("Pilot.mkv", cues: 20)
      try await work.server.waitForRequests(4)
      for limit in [1_001, 1_002] {
        let result = try await reload(perMinute: limit)
        #expect(result.output.contains("requests_per_minute"), "\(result.output) \(result.errors)")
      }
      try await work.place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      #expect(work.server.traffic.abandoned.isEmpty)
      #expect(work.questions.count == 4, "no batch was asked twice")
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func withoutADaemonThereIsNothingToReload() async throws {
    try configure(try library("tv", place.media))
    let result = try await reload()
    #expect(result.status == 69)
    #expect(result.errors.contains("no daemon is running"))
  }
}
