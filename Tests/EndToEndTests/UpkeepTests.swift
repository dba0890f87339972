import Foundation
import SystemPackage
import Testing

/// `langflix pause|resume|retry|forget|db` with a real daemon and without one.
@Suite(.timeLimit(.minutes(10))) struct UpkeepTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func expect(
    _ arguments: [String], _ status: Int32 = 0, says words: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await place.langflix(arguments)
    #expect(
      result.status == status, "\(result.output)\(result.errors)", sourceLocation: sourceLocation)
    for word in words {
      #expect(
        (result.output + result.errors).contains(word), "\(result.output)\(result.errors)",
        sourceLocation: sourceLocation)
    }
  }

  private func names(_ folder: FilePath) -> Set<String> { place.names(in: folder) }

  @Test func aPauseIsKeptOverARestart() async throws {
    var daemon = try await Daemon.start(place)
    try await expect(["pause"], says: ["paused since", "langflix resume"])
    try await place.add("Pilot.mkv")
    try await place.waitForStatus("the episode queued") { $0.episode("Pilot")?.state == "probing" }
    try await expect(["status"], says: ["paused since"])
    try await expect(["process", place.media.appending("Pilot.mkv").string], 69, says: ["paused"])
    #expect(await daemon.stop() == 0)
    daemon = try await Daemon.start(place)
    let status = try await place.status()
    #expect(status.pause?.allSince != nil)
    #expect(status.episode("Pilot")?.state == "probing")
    try await expect(["resume"], says: ["nothing is paused"])
    try await place.waitForStatus("the episode done") {
      $0.episode("Pilot")?.state == "done" && $0.pause == nil
    }
    #expect(await daemon.stop() == 0)
  }

  @Test func aPausedBacklogLetsNewEpisodesPass() async throws {
    try await place.add("Old.mkv")
    try await expect(["pause", "--backlog"], says: ["backlog paused since"])
    let daemon = try await Daemon.start(place)
    try await place.waitForStatus("the backlog queued") { $0.episode("Old")?.state == "probing" }
    var video = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
    video.append(contentsOf: [0xEC, 0x81, 1])
    try Data(Fixture.subtitles.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("New.en.srt").string))
    try video.write(to: URL(fileURLWithPath: place.media.appending("New.mkv").string))
    let status = try await place.waitForStatus("the new episode done") {
      $0.episode("New")?.state == "done"
    }
    #expect(status.episode("Old")?.state == "probing")
    try await expect(["resume"], says: ["nothing is paused"])
    try await place.waitForStatus("the backlog done") { $0.episode("Old")?.state == "done" }
    #expect(await daemon.stop() == 0)
  }

  @Test func aRecutMakesTheSameClipsAnewAndAForgottenEpisodeIsLeftAlone() async throws {
    let path = try await place.add("Pilot.mkv")
    let daemon = try await Daemon.start(place)
    var status = try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
    let folder = FilePath(try #require(status.episode("Pilot")?.folder))
    let before = names(folder)
    let clip = folder.appending(try #require(before.first { $0.hasSuffix(".mp4") }))
    let first = try FileManager.default.attributesOfItem(atPath: clip.string)
    try await expect(["retry", path.string, "--recut"], says: ["1 episode queued again"])
    try await place.waitForStatus("cut anew") { status in
      let again = try? FileManager.default.attributesOfItem(atPath: clip.string)
      let isOther = again?[.systemFileNumber] as? Int != first[.systemFileNumber] as? Int
      return status.episode("Pilot")?.state == "done" && again != nil && isOther
    }
    #expect(names(folder) == before)
    try await expectGoodClips(folder)
    try await expect(["retry", "--failed"], says: ["nothing to try again"])
    try await expect(["retry", "999", "--recut"], says: ["nothing to try again"])
    try await expect(["retry", "--recut", "--failed"], 64, says: ["only one of"])

    try await expect(
      ["forget", "Nobody.mkv"], 1, says: ["no episode is known there", "no such file"])
    try await expect(["forget", path.string], says: ["forgotten, left alone", folder.string])
    status = try await place.status()
    #expect(status.episode("Pilot") == nil)
    #expect(status.backlog.episodes == 1)
    try await expect(["explain", path.string], says: ["left_alone", "langflix process FILE"])
    for episode in [path.string, "1"] {
      try await expect(
        ["retry", episode], 1,
        says: ["episode 1 is left_alone, not failed or waiting", "langflix process FILE"])
    }
    #expect(names(folder) == before, "its clips stay")
    try FileManager.default.removeItem(atPath: path.string)
    try await place.waitForStatus("the file gone") { $0.backlog.episodes == 0 }
    #expect(await daemon.stop() == 0)
  }

  @Test func withoutAStoreThereIsNothingToLookAfter() async throws {
    let copy = place.root.appending("copy.sqlite3").string
    for isThere in [true, false] {
      if !isThere { try FileManager.default.removeItem(atPath: place.state.string) }
      try await expect(["db", "check"], 69, says: ["there is no store in \(place.state) yet"])
      try await expect(["db", "backup", copy], 69, says: ["no store", "langflix serve"])
      #expect(names(place.state).isEmpty)
    }
    try await expect(["db", "restore"], 69, says: ["no store"])
    // A copy may be all that is left.
    let episode = try await place.add("Pilot.mkv")
    try await expect(["process", episode.string], says: ["clips in"])
    try await expect(["db", "backup", copy], says: ["manual"])
    try FileManager.default.removeItem(atPath: place.state.string)
    try await expect(["db", "restore", copy], says: ["is in the store's place"])
    #expect(try await place.status().episode("Pilot")?.state == "done")
  }

  /// Where the service's folder is, another one is mounted, for this command alone.
  @Test(.enabled(if: SmallDisk.objection == nil, "\(SmallDisk.objection ?? "")"))
  func whoLooksIntoTheirOwnFolderIsToldOfTheServices() async throws {
    var environment = place.environment
    environment["LANGFLIX_STATE_FOLDER"] = nil
    environment["HOME"] = place.root.string
    for (file, isTold) in [("langflix.sqlite3", true), ("else", false)] {
      for command in [["status"], ["db", "check"]] {
        let script = """
          mount -t tmpfs none /var/lib && mkdir /var/lib/langflix && touch /var/lib/langflix/\(file) && exec "$@"
          """
        let result = try await Command.run(
          "unshare", ["-m", "sh", "-c", script, "sh", Command.langflix] + command,
          environment: environment)
        let words = "runuser -u langflix -- langflix COMMAND --state-folder /var/lib/langflix"
        #expect(result.errors.contains(words) == isTold, "\(command) \(result.errors)")
        #expect(!result.output.contains("runuser"))
      }
    }
  }

  @Test func theStoreIsCheckedCopiedAndPutBack() async throws {
    var daemon = try await Daemon.start(place)
    try await place.add("Pilot.mkv")
    try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
    try await expect(["db", "check"], says: ["it is whole", "1 episode"])
    try await expect(["db", "backup"], says: ["manual"])
    let copy = place.root.appending("copy.sqlite3").string
    try await expect(["db", "backup", copy], says: ["manual"])
    try await expect(["db", "backup", copy], 1, says: ["a file of that name is there"])
    let nowhere = place.root.appending("nowhere").appending("copy.sqlite3").string
    try await expect(["db", "backup", nowhere], 1, says: ["its folder is missing"])
    try await expect(["forget", "1"], says: ["forgotten"])
    // Its owner runs on: it is put ready, and taken at the next start.
    try await expect(["db", "restore", copy], says: ["when langflix is restarted"])
    #expect(try await place.status().episode("Pilot") == nil)
    #expect(await daemon.stop() == 0)
    daemon = try await Daemon.start(place)
    #expect(try await place.status().episode("Pilot")?.state == "done")
    await daemon.killHard()

    // Without a daemon, for a store that can't be opened.
    let store = place.state.appending("langflix.sqlite3").string
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: store))
    try handle.write(contentsOf: Data(repeating: 0xA5, count: 20_000))
    try handle.close()
    for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + name) }
    try await expect(["status"], 69, says: ["langflix db restore"])
    try await expect(["serve"], 69, says: ["langflix db restore"])
    try await expect(["db", "restore"], says: ["is in the store's place"])
    #expect(try await place.status().episode("Pilot")?.state == "done")
    #expect(names(place.state).contains { $0.hasPrefix("langflix.sqlite3.replaced-") })
    #expect(names(place.state.appending("backups")).contains { $0.hasPrefix("manual-") })
    try await expect(["db", "check"], says: ["it is whole"])
  }
}
