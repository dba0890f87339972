import Foundation
import ModelServer
import SystemPackage
import Testing

/// A new state folder over a library that was worked through: nothing is asked, nothing is cut, and what was deleted
/// stays deleted.
@Suite(.timeLimit(.minutes(10))) struct AdoptionTests {
  private func inode(_ path: FilePath) throws -> Int {
    try #require(
      try FileManager.default.attributesOfItem(atPath: path.string)[.systemFileNumber] as? Int)
  }

  private func clearState(_ place: Workplace) throws {
    try FileManager.default.removeItem(atPath: place.state.string)
    try FileManager.default.createDirectory(
      atPath: place.state.string, withIntermediateDirectories: false)
  }

  @Test func anEmptyStoreTakesOverWhatLiesPublished() async throws {
    try await ModelWorkplace.with(settings: ["LANGFLIX_BACKLOG": "none"], PlausibleModel()) {
      work in
      let place = work.place
      var daemon = try await work.startDaemon()
      try await work.addEpisode("Pilot.mkv", cues: 24)
      var status = try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      let folder = FilePath(try #require(status.episode("Pilot")?.folder))
      let made = try ManifestView.read(folder)
      let files = made.groups.compactMap { $0.clip?.file }
      try #require(files.count >= 2, "\(files)")
      // A person deletes one.
      try FileManager.default.removeItem(atPath: folder.appending(files[0]).string)
      #expect(await daemon.stop() == 0)
      daemon = try await work.startDaemon()
      let deadline = ContinuousClock.now + .seconds(120)
      while try ManifestView.read(folder).groups[0].state != "hidden" {
        try #require(ContinuousClock.now < deadline, "\(daemon.logText)")
        try await Task.sleep(for: .milliseconds(100))
      }
      // Nothing is known of this one but that it was there.
      #expect(await daemon.stop() == 0)
      try await work.addEpisode("Other.mkv", cues: 24, about: "them", variant: 7)
      // The episode was renamed while nobody looked.
      for ending in ["mkv", "en.srt"] {
        try FileManager.default.moveItem(
          atPath: place.media.appending("Pilot.\(ending)").string,
          toPath: place.media.appending("First.\(ending)").string)
      }
      try clearState(place)
      let asked = work.questions.count
      let before = try files.dropFirst().map { try inode(folder.appending($0)) }
      let manifest = try Data(
        contentsOf: URL(fileURLWithPath: folder.appending("expressions.json").string))

      daemon = try await work.startDaemon()
      status = try await place.waitForStatus("taken over") {
        $0.episode("First")?.state == "done"
      }
      #expect(status.episode("First")?.clips == files.count)
      #expect(status.episode("First")?.folder == folder.string)
      #expect(status.backlog.episodes == 1, "the other is left alone as ever")
      #expect(await daemon.stop() == 0)
      // A look at what people did must not make the deleted one again.
      daemon = try await work.startDaemon()
      #expect(work.questions.count == asked)
      #expect(try files.dropFirst().map { try inode(folder.appending($0)) } == before)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(files[0]).string))
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: folder.appending("expressions.json").string))
          == manifest)
      #expect(daemon.logText.contains("clips published") == false, "\(daemon.logText)")

      // The answers are kept again: asking anew costs nothing.
      let path = place.media.appending("First.mkv").string
      let reask = try await work.langflix(["retry", path, "--reask", "--yes"])
      #expect(reask.status == 0, "\(reask.errors)")
      #expect(reask.output.contains("every answer is kept"), "\(reask.output)")
      try await place.waitForStatus("asked anew") {
        $0.episode("First")?.state == "done" && $0.counts["done"] == 1
          && (try? ManifestView.read(folder).groups[0].state) != "hidden"
      }
      #expect(work.questions.count == asked)
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func anEpisodeWithoutAClipIsNotAskedAgain() async throws {
    // Every answer is an empty one.
    let model = PlausibleModel(trouble: { _ in .flaw(.emptyList) })
    try await ModelWorkplace.with(
      settings: ["LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "10"], model
    ) { work in
      let place = work.place
      var daemon = try await work.startDaemon()
      try await work.addEpisode("Pilot.mkv", cues: 20)
      var status = try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      #expect(status.episode("Pilot")?.clips == 0)
      let folder = FilePath(try #require(status.episode("Pilot")?.folder))
      #expect(place.names(in: folder) == ["expressions.json", "known"])
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.removingLastComponent().appending("index.html").string),
        "there is nothing to show")
      let asked = work.questions.count
      #expect(asked == 2)
      #expect(await daemon.stop() == 0)
      try clearState(place)
      daemon = try await work.startDaemon()
      status = try await place.waitForStatus("taken over") {
        $0.episode("Pilot")?.state == "done"
      }
      #expect(status.episode("Pilot")?.folder == folder.string)
      #expect(work.questions.count == asked)
      // It follows its file, too.
      try FileManager.default.moveItem(
        atPath: place.media.appending("Pilot.mkv").string,
        toPath: place.media.appending("First.mkv").string)
      let home = place.media.appending("Shorts/langflix/First")
      try await place.waitForStatus("moved") { $0.episode("First")?.folder == home.string }
      #expect(place.names(in: home).contains("expressions.json"))
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func anEpisodeWhoseClipsAllFailedIsNotAskedAgain() async throws {
    try await ModelWorkplace.with(PlausibleModel()) { work in
      let place = work.place
      // One keyframe, at the start: later clips have to be encoded, by a program that fails.
      let tools = place.root.appending("tools")
      try FileManager.default.createDirectory(
        atPath: tools.string, withIntermediateDirectories: false)
      let program = tools.appending("ffmpeg").string
      try Data("#!/bin/sh\nexit 1\n".utf8).write(to: URL(fileURLWithPath: program))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      let broken = ["PATH": "\(tools):\(path)"]
      let lines = (1...10).map {
        "\($0)\n00:00:\($0 * 4 + 12),000 --> 00:00:\($0 * 4 + 14),000\nThey figured riddle \($0) out.\n"
      }
      try Data(lines.joined(separator: "\n").utf8).write(
        to: URL(fileURLWithPath: place.media.appending("Pilot.en.srt").string))
      let episode = place.media.appending("Pilot.mkv")
      let made = try await Command.run(
        "ffmpeg",
        [
          "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=12:d=60", "-f",
          "lavfi", "-i", "sine=440:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-g", "9999",
          "-sc_threshold", "0", "-c:a", "aac", "-b:a", "32k", episode.string,
        ])
      try #require(made.status == 0, "\(made.errors)")

      let failed = try await work.langflix(["process", episode.string], broken)
      #expect(failed.status == 75, "\(failed.output) \(failed.errors)")
      let folder = place.media.appending("Shorts/langflix/Pilot")
      #expect(place.names(in: folder) == ["expressions.json", "known"])
      let manifest = try ManifestView.read(folder)
      #expect(!manifest.groups.isEmpty)
      #expect(manifest.groups.allSatisfy { $0.state == "failed" && $0.clip == nil })
      #expect(
        !place.names(in: folder.removingLastComponent()).contains("index.html"), "nothing to show")
      let asked = work.questions.count
      #expect(asked > 0)

      try clearState(place)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      #expect(work.questions.count == asked, "the answers lie beside the episode")
      #expect(try await place.status().episode("Pilot")?.clips == 0)
      // What can be made by now is made when it is asked for.
      #expect(try await work.langflix(["retry", "--recut", episode.string]).status == 0)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      try await expectGoodClips(folder)
      #expect(work.questions.count == asked)
    }
  }

  @Test func otherSubtitlesAreNotTakenForTheOnesBefore() async throws {
    try await ModelWorkplace.with(PlausibleModel()) { work in
      let place = work.place
      var daemon = try await work.startDaemon()
      try await work.addEpisode("Pilot.mkv", cues: 24)
      try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      #expect(await daemon.stop() == 0)
      try clearState(place)
      let subtitles = URL(fileURLWithPath: place.media.appending("Pilot.en.srt").string)
      let text = try String(contentsOf: subtitles, encoding: .utf8)
      try Data(text.replacingOccurrences(of: "number 3 of", with: "the third of").utf8)
        .write(to: subtitles)
      let asked = work.questions.count
      daemon = try await work.startDaemon()
      let status = try await place.waitForStatus("done again") {
        $0.episode("Pilot")?.state == "done"
      }
      let folder = FilePath(try #require(status.episode("Pilot")?.folder))
      // One line is another: its batch is asked, and those that follow it as context; not the whole episode.
      let more = work.questions.count - asked
      #expect(more >= 1 && more < asked, "\(more) after \(asked)")
      try await expectGoodClips(folder)
      #expect(await daemon.stop() == 0)
    }
  }
}
