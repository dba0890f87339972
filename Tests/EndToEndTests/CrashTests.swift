import Foundation
import SystemPackage
import Testing

/// A worker that dies twice over one file.
@Suite(.timeLimit(.minutes(10))) struct CrashTests {
  @Test func twoCrashesSetAFileAside() async throws {
    let place = try Workplace()
    // In the encoder's place, so that the worker waits long enough to be hit.
    let tools = place.root.appending("tools")
    let started = place.root.appending("started")
    try FileManager.default.createDirectory(
      atPath: tools.string, withIntermediateDirectories: true)
    let encoder = tools.appending("ffmpeg").string
    let script = """
      #!/bin/sh
      echo $PPID > '\(started).new' && mv '\(started).new' '\(started)'
      exec sleep 1000
      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: encoder))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: encoder)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    let daemon = try await Daemon.start(
      place, more: ["PATH": "\(tools):\(path)", "LANGFLIX_CLIP_CUT": "exact"])
    try await place.add("Pilot.mkv")
    for crash in 1...2 {
      let deadline = ContinuousClock.now + .seconds(240)
      while !FileManager.default.fileExists(atPath: started.string) {
        try #require(ContinuousClock.now < deadline, "\(daemon.logText)")
        try await Task.sleep(for: .milliseconds(20))
      }
      let text = try String(contentsOfFile: started.string, encoding: .utf8)
      try FileManager.default.removeItem(atPath: started.string)
      let worker = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
      #expect(kill(worker, SIGKILL) == 0, "crash \(crash)")
    }
    let status = try await place.waitForStatus("the file set aside") {
      $0.episode("Pilot")?.state == "failed"
    }
    let reason = try #require(status.episode("Pilot")?.reason)
    #expect(reason.contains("signal 9"), "\(reason)")
    #expect(reason.contains("set aside after two crashes"), "\(reason)")
    #expect(
      place.names(in: place.media.appending("Shorts/langflix")).isSubset(of: [
        ".ignore", ".nomedia", ".plexignore", ".embyignore",
      ]))
    // With a sound encoder it is made when it is asked for.
    #expect(await daemon.stop() == 0)
    let episode = place.media.appending("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    try await expectGoodClips(place.media.appending("Shorts/langflix/Pilot"))
  }
}
