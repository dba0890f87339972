import Foundation
import SystemPackage
import Testing

/// A daemon of a test's own.
final class Daemon: Sendable {
  let pid: Int32
  private let ended: Task<Int32, Never>
  let log: FilePath

  /// Starts `langflix serve` and waits until it watches the library.
  /// - Parameters:
  ///   - configuration: a file that names the libraries; nil for the one of `LANGFLIX_MEDIA`.
  ///   - wrapper: a program and its arguments that runs what follows them.
  static func start(
    _ place: Workplace, configuration: FilePath? = nil, more: [String: String] = [:],
    wrapper: [String] = []
  ) async throws -> Daemon {
    var environment = place.environment.merging(more) { $1 }
    if let configuration {
      environment["LANGFLIX_MEDIA"] = nil
      environment["LANGFLIX_CONFIG"] = configuration.string
    }
    let daemon = try Daemon(place, environment, wrapper)
    do {
      try await place.waitForStatus("a watched library") {
        $0.isRunning && $0.libraries.allSatisfy(\.isWatched)
      }
    } catch {
      throw StatusError(description: "\(error)\n\(daemon.logText)")
    }
    return daemon
  }

  init(
    _ place: Workplace, _ environment: [String: String], _ wrapper: [String] = []
  ) throws {
    log = place.root.appending("log-\(UUID())")
    try Data().write(to: URL(fileURLWithPath: log.string))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = wrapper + [Command.langflix, "serve"]
    process.environment = Command.baseEnvironment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log.string))
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      let status = process.terminationStatus
      continuation.yield(process.terminationReason == .exit ? status : -status)
      continuation.finish()
    }
    try process.run()
    pid = process.processIdentifier
    // Unstructured, for the daemon outlives the call that starts it.
    ended = Task { await stream.first { _ in true } ?? -1 }
  }

  /// SIGTERM; the exit status, negative for a signal.
  func stop() async -> Int32 {
    kill(pid, SIGTERM)
    return await ended.value
  }

  func killHard() async {
    kill(pid, SIGKILL)
    _ = await ended.value
  }

  var logText: String { (try? String(contentsOfFile: log.string, encoding: .utf8)) ?? "" }

  deinit { kill(pid, SIGKILL) }
}

/// `langflix serve` over real inotify, SQLite, libav and WordNet.
@Suite(.timeLimit(.minutes(10))) struct DaemonTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func expectDone(_ name: String) async throws {
    let status = try await place.waitForStatus("\(name) done") { $0.episode(name)?.state == "done" }
    let folder = try #require(status.episode(name)?.folder)
    try await expectGoodClips(FilePath(folder))
  }

  /// Another episode, by its bytes: a trailing Void element changes the fingerprint, not the picture.
  private func video(_ number: UInt8) async throws -> Data {
    var data = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
    data.append(contentsOf: [0xEC, 0x81, number])
    return data
  }

  @Test func aDropOfAnyKindIsSeen() async throws {
    let daemon = try await Daemon.start(place)
    let outside = place.root.appending("outside")
    try FileManager.default.createDirectory(
      atPath: outside.string, withIntermediateDirectories: false)
    func write(_ number: UInt8, to path: FilePath) async throws {
      try await video(number).write(to: URL(fileURLWithPath: path.string))
    }
    func subtitles(for stem: FilePath) throws {
      try Data(Fixture.subtitles.utf8).write(to: URL(fileURLWithPath: stem.string + ".en.srt"))
    }

    // By copy.
    try subtitles(for: place.media.appending("Copied"))
    try await write(1, to: place.media.appending("Copied.mkv"))
    // By rename from a temporary name.
    try subtitles(for: place.media.appending("Renamed"))
    try await write(2, to: place.media.appending("Renamed.mkv.part"))
    rename(
      place.media.appending("Renamed.mkv.part").string, place.media.appending("Renamed.mkv").string)
    // By hard link, as Sonarr does.
    try subtitles(for: place.media.appending("Linked"))
    try await write(3, to: outside.appending("Linked.mkv"))
    #expect(
      link(outside.appending("Linked.mkv").string, place.media.appending("Linked.mkv").string) == 0)
    // By a subfolder that appears with files in it.
    let season = outside.appending("Season")
    try FileManager.default.createDirectory(
      atPath: season.appending("deep").string, withIntermediateDirectories: true)
    try subtitles(for: season.appending("deep/Moved"))
    try await write(4, to: season.appending("deep/Moved.mkv"))
    rename(season.string, place.media.appending("Season").string)
    // By a slow copy that pauses.
    try subtitles(for: place.media.appending("Slow"))
    let slow = try await video(5)
    let slowPath = place.media.appending("Slow.mkv")
    try Data().write(to: URL(fileURLWithPath: slowPath.string))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: slowPath.string))
    let step = slow.count / 12 + 1
    for start in stride(from: 0, to: slow.count, by: step) {
      handle.write(slow[start..<min(slow.count, start + step)])
      try await Task.sleep(for: .milliseconds(60))
    }
    try handle.close()

    for name in ["Copied", "Renamed", "Linked", "Moved", "Slow"] { try await expectDone(name) }
    let status = try await place.status()
    #expect(status.counts == ["done": 5], "nothing else was taken, our own clips least of all")
    #expect(await daemon.stop() == 0)
    #expect(daemon.logText.contains("clips published"))
  }

  @Test func subtitlesMayComeLate() async throws {
    let daemon = try await Daemon.start(place)
    try await place.add("Pilot.mkv", subtitles: nil)
    try await place.waitForStatus("needs subtitles") {
      $0.episode("Pilot")?.state == "needs_subtitles"
    }
    try Data(Fixture.subtitles.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.en.srt").string))
    try await expectDone("Pilot")
    #expect(await daemon.stop() == 0)
  }

  @Test func killedInTheMiddleItGoesOnWhereItWas() async throws {
    for number in 1...4 {
      try await video(UInt8(number)).write(
        to: URL(
          fileURLWithPath: place.media.appending(
            "Part \(["one", "two", "three", "four"][number - 1]).mkv"
          ).string))
    }
    for name in ["one", "two", "three", "four"] {
      try Data(Fixture.subtitles.utf8).write(
        to: URL(fileURLWithPath: place.media.appending("Part \(name).en.srt").string))
    }
    let shelf = place.media.appending("Shorts/langflix")
    // Killed again and again, a little later each time.
    for round in 0..<8 {
      let daemon = try await Daemon.start(place)
      try await Task.sleep(for: .milliseconds(40 * round))
      await daemon.killHard()
      for name in place.clipFolders(in: shelf) {
        _ = try ManifestView.read(shelf.appending(name))
      }
    }
    let daemon = try await Daemon.start(place)
    _ = try await place.langflix(["retry", "--backlog", "all"])
    try await place.waitForStatus("four done") { $0.counts == ["done": 4] }
    #expect(await daemon.stop() == 0)
    let names = place.names(in: shelf)
    #expect(place.clipFolders(in: shelf).count == 4)
    #expect(!names.contains { $0.hasPrefix(".work") }, "nothing is left over: \(names)")
    for name in place.clipFolders(in: shelf) {
      try await expectGoodClips(shelf.appending(name))
    }
  }

  @Test func backlogIsLeftAloneAndNewsIsNot() async throws {
    for number in 1...5 {
      let path = place.media.appending("Old \(["a", "b", "c", "d", "e"][number - 1]).mkv")
      try await video(UInt8(number)).write(to: URL(fileURLWithPath: path.string))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_000_000 + Double(number))],
        ofItemAtPath: path.string)
    }
    let file = place.root.appending("langflix.yaml")
    try Data("libraries:\n  shows:\n    path: \(place.media.string)\n    backlog: newest 2\n".utf8)
      .write(to: URL(fileURLWithPath: file.string))
    let daemon = try await Daemon.start(place, configuration: file)
    let status = try await place.waitForStatus("two taken") { $0.counts["needs_subtitles"] == 2 }
    #expect(status.backlog.episodes == 3)
    #expect(Set(status.episodes.map(\.name)) == ["Old d", "Old e"])
    try await place.add("New.mkv")
    try await expectDone("New")
    #expect(try await place.status().backlog.episodes == 3)
    // A rename makes no news of backlog.
    rename(place.media.appending("Old a.mkv").string, place.media.appending("Older.mkv").string)
    try await video(9).write(
      to: URL(fileURLWithPath: place.media.appending("Newer.mkv").string))
    try await place.waitForStatus("the new one") {
      $0.episode("Newer")?.state == "needs_subtitles"
    }
    #expect(try await place.status().backlog.episodes == 3)
    #expect(try await place.status().episode("Older") == nil)
    let text = try await place.langflix(["status"]).output
    #expect(text.contains("langflix retry --backlog"))
    #expect(await daemon.stop() == 0)
  }

  @Test func anEpisodeThatWasDeletedAndComesElsewhereGetsItsClips() async throws {
    let daemon = try await Daemon.start(place)
    let first = place.media.appending("download")
    let second = place.media.appending("series")
    for folder in [first, second] {
      try FileManager.default.createDirectory(
        atPath: folder.string, withIntermediateDirectories: false)
    }
    try await place.add("Pilot.mkv", in: first)
    try await expectDone("Pilot")
    try FileManager.default.removeItem(atPath: first.string)
    try await place.waitForStatus("gone") { $0.counts == ["gone": 1] }
    try await place.add("Pilot.mkv", in: second)
    try await place.waitForStatus("clips at the new place") {
      $0.episode("Pilot")?.state == "done"
        && $0.episode("Pilot")?.folder?.hasPrefix(second.string) == true
    }
    try await expectDone("Pilot")
    #expect(await daemon.stop() == 0)
  }

  @Test func oneDaemonOwnsTheStore() async throws {
    let daemon = try await Daemon.start(place)
    let second = try await place.langflix(["serve"])
    #expect(second.status == 69)
    #expect(second.errors.contains("in use by process \(daemon.pid)"))
    let episode = try await place.add("Asked.mkv")
    let asked = try await place.langflix(["process", episode.string])
    #expect(asked.status == 0, "the daemon does it: \(asked.errors)")
    #expect(asked.output.contains("clips in"))
    #expect(await daemon.stop() == 0)
  }

  @Test func stopsInTheMiddleOfACutWithNothingPartial() async throws {
    try await place.add("Pilot.mkv")
    let daemon = try await Daemon.start(place)
    #expect(await daemon.stop() == 0)
    let shelf = place.media.appending("Shorts/langflix")
    for name in place.clipFolders(in: shelf) {
      try await expectGoodClips(shelf.appending(name))
    }
    let again = try await Daemon.start(place)
    try await expectDone("Pilot")
    #expect(await again.stop() == 0)
  }
}
