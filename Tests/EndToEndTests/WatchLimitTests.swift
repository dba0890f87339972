import Foundation
import SystemPackage
import Testing

/// The kernel's own limit of watches, lowered in a user namespace.
@Suite(.timeLimit(.minutes(10))) struct WatchLimitTests {
  private static let wrapper = [
    "unshare", "--user", "--map-root-user", "sh", "-c",
    "echo 4 >/proc/sys/user/max_inotify_watches && exec \"$@\"", "sh",
  ]

  private static func isAllowed() async throws -> Bool {
    try await Command.run(wrapper[0], Array(wrapper[1...]) + ["true"]).status == 0
  }

  @Test func atTheLimitFoldersArePolledAndEverybodyIsTold() async throws {
    guard try await Self.isAllowed() else {
      return print("user namespaces with limits of their own are not allowed here: skipped")
    }
    let place = try Workplace()
    for number in 1...8 {
      try FileManager.default.createDirectory(
        atPath: place.media.appending("Show \(number)").string, withIntermediateDirectories: true)
    }
    let line = "sysctl -w fs.inotify.max_user_watches=1048576"
    let daemon = try await Daemon.start(
      place, more: ["LANGFLIX_WATCH_POLL_SECONDS": "1"], wrapper: Self.wrapper)
    let status = try await place.waitForStatus("the trouble") {
      $0.libraries.contains { $0.troubles.contains { $0.contains(line) } }
    }
    #expect(status.libraries.map(\.isWatched) == [true])
    #expect(daemon.logText.contains(line))
    let words = try await place.langflix(["status"])
    #expect(words.output.contains(line))

    let doctor = try await Command.run(
      Self.wrapper[0], Array(Self.wrapper[1...]) + [Command.langflix, "doctor"],
      environment: place.environment)
    #expect(doctor.output.contains("4 watches for this user's programs together, 9 needed"))
    #expect(doctor.output.contains("raise the limit on the host: \(line)"))
    #expect(doctor.output.contains("the daemon says: "))

    // Of these folders at least five have no watch.
    for number in 1...8 {
      try Data(Fixture.subtitles.utf8).write(
        to: URL(fileURLWithPath: place.media.appending("Show \(number)/x.en.srt").string))
      var data = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
      // Another episode, by its bytes: a trailing Void element.
      data += [0xEC, 0x81, UInt8(number)]
      try data.write(
        to: URL(fileURLWithPath: place.media.appending("Show \(number)/x.mkv").string))
    }
    try await place.waitForStatus("all found") { $0.episodes.count == 8 }
    #expect(await daemon.stop() == 0)
  }
}
