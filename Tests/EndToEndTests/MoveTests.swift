import Foundation
import ModelServer
import SystemPackage
import Testing

/// Clips follow their episode, whatever becomes of its file; nothing is asked or cut for it.
@Suite(.timeLimit(.minutes(10))) struct MoveTests {
  private static let tenCues = [
    "LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "10", "LANGFLIX_CLIP_DECK": "none",
  ]

  private func makeFolder(_ path: FilePath) throws {
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true)
  }

  private func exists(_ path: FilePath) -> Bool {
    FileManager.default.fileExists(atPath: path.string)
  }

  /// Moves an episode's file and the subtitles beside it, as Sonarr does.
  private func move(_ old: FilePath, to new: FilePath) {
    let (from, to) = (
      old.removingLastComponent().appending((old.stem ?? "") + ".en.srt"),
      new.removingLastComponent().appending((new.stem ?? "") + ".en.srt")
    )
    #expect(rename(from.string, to.string) == 0)
    #expect(rename(old.string, new.string) == 0)
  }

  /// Every file that a manifest names, by its own number: a clip that was cut again has another one.
  private func inodes(_ folder: FilePath) throws -> [String: UInt64] {
    let manifest = try ManifestView.read(folder)
    let names =
      manifest.groups.compactMap(\.clip).flatMap(\.files) + [manifest.reel?.file].compactMap { $0 }
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let path = folder.pushing(FilePath(name)).lexicallyNormalized()
        let facts = try FileManager.default.attributesOfItem(atPath: path.string)
        // A reel is named after its episode.
        return (name.hasPrefix("../../") ? "reel" : name, facts[.systemFileNumber] as? UInt64 ?? 0)
      })
  }

  private struct Source: Decodable {
    struct Episode: Decodable {
      var name: String
      var file: String
    }
    var episode: Episode
  }

  private func source(_ folder: FilePath) throws -> Source.Episode {
    let file = URL(fileURLWithPath: folder.appending("expressions.json").string)
    return try JSONDecoder().decode(Source.self, from: Data(contentsOf: file)).episode
  }

  private func folder(_ name: String, of work: ModelWorkplace, is folder: FilePath) async throws {
    try await work.place.waitForStatus("\(name) in \(folder)") {
      $0.episode(name)?.state == "done" && $0.episode(name)?.folder == folder.string
        && $0.episode(name)?.clips ?? 0 > 0
    }
  }

  @Test func aRenameAndAMoveTakeTheClipsAlong() async throws {
    try await ModelWorkplace.with(settings: Self.tenCues, PlausibleModel()) { work in
      let (media, first) = (work.place.media, try await work.addEpisode("Pilot.mkv", cues: 40))
      let daemon = try await work.startDaemon()
      try await folder("Pilot", of: work, is: media.appending("Shorts/langflix/Pilot"))
      let asked = work.questions.count
      let before = try inodes(media.appending("Shorts/langflix/Pilot"))
      #expect(before.count > 5)

      // Another name.
      let second = media.appending("Opening Night.mkv")
      move(first, to: second)
      let renamed = media.appending("Shorts/langflix/Opening Night")
      try await folder("Opening Night", of: work, is: renamed)
      #expect(try inodes(renamed) == before)
      #expect(try source(renamed).file == "Opening Night.mkv")
      #expect(
        work.place.names(in: media.appending("Shorts")) == ["langflix", "Opening Night.mp4"])
      #expect(!exists(media.appending("Shorts/langflix/Pilot")))
      try await expectGoodClips(renamed)
      try await expectWholeReel(renamed)

      // Another folder; somebody's own file of the same name is there.
      let season = media.appending("Show").appending("Season 1")
      try makeFolder(season.appending("Shorts").appending("langflix").appending("Opening Night"))
      try Data("mine".utf8).write(
        to: URL(fileURLWithPath: season.appending("Shorts/Opening Night.mp4").string))
      let third = season.appending("Opening Night.mkv")
      move(second, to: third)
      let status = try await work.place.waitForStatus("clips in the season") {
        $0.episode("Opening Night")?.folder?.hasPrefix(season.string) == true
      }
      let moved = FilePath(try #require(status.episode("Opening Night")?.folder))
      #expect(try inodes(moved) == before)
      #expect(work.place.names(in: season.appending("Shorts/langflix/Opening Night")).isEmpty)
      #expect(
        try String(
          contentsOfFile: season.appending("Shorts/Opening Night.mp4").string, encoding: .utf8)
          == "mine")
      try await expectWholeReel(moved)
      #expect(!exists(media.appending("Shorts")), "nothing of ours is left behind")

      // A hard link is the same episode, and takes over where the first name goes.
      let linked = media.appending("Linked.mkv")
      #expect(link(third.string, linked.string) == 0)
      try await work.place.waitForStatus("both places") {
        $0.episodes.count == 1 && $0.episodes[0].otherPaths.count == 1
      }
      let explained = try await work.langflix(["explain", third.string])
      #expect(explained.output.contains("also at"), "\(explained.output)")
      #expect(try inodes(moved) == before)
      try FileManager.default.removeItem(atPath: third.string)
      try await folder("Linked", of: work, is: media.appending("Shorts/langflix/Linked"))
      #expect(try inodes(media.appending("Shorts/langflix/Linked")) == before)

      // Gone: the clips are kept.
      try FileManager.default.removeItem(atPath: linked.string)
      try await work.place.waitForStatus("gone") { $0.counts == ["gone": 1] }
      #expect(try inodes(media.appending("Shorts/langflix/Linked")) == before)
      #expect(work.questions.count == asked)
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func aSeasonThatIsRenamedWhileNobodyLooksKeepsItsClips() async throws {
    // Both episodes say the same things.
    let settings = Self.tenCues.merging(["LANGFLIX_SELECTION_REPEAT_AFTER_EPISODES": "0"]) { $1 }
    try await ModelWorkplace.with(settings: settings, PlausibleModel()) { work in
      let media = work.place.media
      let old = media.appending("Show").appending("Season 1")
      try makeFolder(old)
      for (number, name) in ["Show.S01E01.mkv", "Show.S01E02.mkv"].enumerated() {
        let path = try await work.addEpisode(
          name, cues: 40, about: "it \(number)", variant: UInt8(number))
        move(path, to: old.appending(name))
      }
      var daemon = try await work.startDaemon()
      let names = ["Show season one episode one", "Show season one episode two"]
      for (name, file) in zip(names, ["Show.S01E01", "Show.S01E02"]) {
        try await folder(file, of: work, is: old.appending("Shorts/langflix").appending(name))
      }
      let asked = work.questions.count
      let before = try names.map { try inodes(old.appending("Shorts/langflix").appending($0)) }
      await daemon.killHard()

      let new = media.appending("The Show").appending("Season 01")
      try makeFolder(new.removingLastComponent())
      #expect(rename(old.string, new.string) == 0)
      // One of its files bears another name, too.
      move(new.appending("Show.S01E02.mkv"), to: new.appending("The.Show.S01E02.mkv"))
      daemon = try await work.startDaemon()
      let shelf = new.appending("Shorts/langflix")
      try await folder("Show.S01E01", of: work, is: shelf.appending(names[0]))
      try await folder(
        "The.Show.S01E02", of: work, is: shelf.appending("The Show season one episode two"))
      #expect(try inodes(shelf.appending(names[0])) == before[0])
      #expect(try inodes(shelf.appending("The Show season one episode two")) == before[1])
      #expect(!exists(old), "nothing is made under the old name")
      #expect(work.questions.count == asked)

      // Live, with events: the whole show.
      #expect(rename(media.appending("The Show").string, media.appending("Show").string) == 0)
      let last = media.appending("Show/Season 01/Shorts/langflix")
      try await folder("Show.S01E01", of: work, is: last.appending(names[0]))
      try await folder(
        "The.Show.S01E02", of: work, is: last.appending("The Show season one episode two"))
      #expect(try inodes(last.appending(names[0])) == before[0])
      #expect(!exists(media.appending("The Show")))

      // Another name of the file that makes no other name of the folder.
      let season = media.appending("Show/Season 01")
      move(season.appending("Show.S01E01.mkv"), to: season.appending("Show.S01E01.720p.mkv"))
      try await work.place.waitForStatus("the manifest follows") { status in
        status.episode("Show.S01E01.720p")?.state == "done"
          && (try? source(last.appending(names[0])))?.file == "Show.S01E01.720p.mkv"
      }
      #expect(try inodes(last.appending(names[0])) == before[0])
      #expect(work.questions.count == asked)
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func aBetterFileReusesWhatWasFound() async throws {
    try await ModelWorkplace.with(settings: Self.tenCues, PlausibleModel()) { work in
      let media = work.place.media
      let old = try await work.addEpisode("Show.S01E01.720p.mkv", cues: 40)
      let daemon = try await work.startDaemon()
      let home = media.appending("Shorts/langflix/Show season one episode one")
      try await folder("Show.S01E01.720p", of: work, is: home)
      let asked = work.questions.count
      let before = try ManifestView.read(home)
      // A clip is deleted by hand, and stays so.
      let deleted = try #require(before.groups[1].clip)
      try FileManager.default.removeItem(atPath: home.appending(deleted.file).string)

      // As Sonarr does it: away with the old one, then the new one under another name.
      try FileManager.default.removeItem(atPath: old.string)
      try FileManager.default.removeItem(
        atPath: media.appending("Show.S01E01.720p.en.srt").string)
      let new = try await work.addEpisode("Show.S01E01.1080p.mkv", cues: 40, variant: 7)
      try await folder("Show.S01E01.1080p", of: work, is: home)
      let after = try ManifestView.read(home)
      #expect(try source(home).file == "Show.S01E01.1080p.mkv")
      #expect(
        after.groups.map { $0.expressions.map(\.phrase) }
          == before.groups.map { $0.expressions.map(\.phrase) })
      #expect(
        after.groups.map(\.state) == ["published", "hidden"]
          + before.groups.dropFirst(2).map(\.state))
      #expect(work.questions.count == asked, "nothing is asked")
      #expect(
        work.place.names(in: media.appending("Shorts/langflix")).filter { $0.hasPrefix("Show") }
          .count == 1)
      try await expectWholeReel(home)
      #expect(try await work.place.status().episodes.count == 1)

      // What was deleted comes back when it is asked for.
      let restored = try await work.langflix(["restore", new.string, "2"])
      #expect(restored.status == 0, "\(restored.errors)")
      try await work.place.waitForStatus("the clip back") { status in
        status.episode("Show.S01E01.1080p")?.state == "done"
          && (try? ManifestView.read(home))?.groups[1].state == "published"
      }
      try await expectGoodClips(home)
      #expect(work.questions.count == asked)

      // In place, and with another dialogue: that is asked, and nothing of the old one is left.
      _ = try await work.addEpisode(
        "Show.S01E01.1080p.mkv", cues: 40, about: "the other thing", variant: 9)
      try await work.place.waitForStatus("the other dialogue") { status in
        status.episode("Show.S01E01.1080p")?.state == "done"
          && (try? ManifestView.read(home))?.groups.first?.cues.first?.text.contains("other thing")
            == true
      }
      #expect(work.questions.count > asked)
      #expect(try await work.place.status().episodes.count == 1)
      try await expectGoodClips(home)
      let named = try ManifestView.read(home).groups.compactMap(\.clip).map(\.file)
      let present = work.place.names(in: home).filter { $0.hasSuffix(".mp4") }
      #expect(present == Set(named))

      // The whole folder deleted by hand: it stays so, also when the subtitles change.
      try FileManager.default.removeItem(atPath: home.string)
      let subtitles = media.appending("Show.S01E01.1080p.en.srt").string
      let text = try String(contentsOfFile: subtitles, encoding: .utf8)
      try Data(text.replacing("out again.", with: "out again!").utf8).write(
        to: URL(fileURLWithPath: subtitles), options: .atomic)
      try await work.place.waitForStatus("a reason") {
        $0.episode("Show.S01E01.1080p")?.state == "done"
          && $0.episode("Show.S01E01.1080p")?.reason?.contains("langflix restore") == true
      }
      #expect(!exists(home))
      #expect(try await work.langflix(["restore", new.string]).status == 0)
      try await work.place.waitForStatus("the folder back") { status in
        status.episode("Show.S01E01.1080p")?.state == "done" && exists(home)
      }
      try await expectGoodClips(home)
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func clipsGoWithTheirEpisodeWhereThatIsWanted() async throws {
    let place = try Workplace()
    let shows = place.media.appending("shows")
    let films = place.media.appending("films")
    for folder in [shows, films] { try makeFolder(folder) }
    let file = place.root.appending("langflix.yaml")
    let text = """
      libraries:
        shows:
          path: \(shows.string)
          on_delete: remove
        films:
          path: \(films.string)
          on_delete: remove
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
    let daemon = try await Daemon.start(place, configuration: file)
    let first = try await place.add("Pilot.mkv", in: shows)
    try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
    #expect(exists(shows.appending("Shorts/langflix/Anki.apkg")))
    let before = try inodes(shows.appending("Shorts/langflix/Pilot"))

    // Into another library: a move is no loss.
    let episode = films.appending("Pilot.mkv")
    move(first, to: episode)
    let home = films.appending("Shorts/langflix/Pilot")
    try await place.waitForStatus("clips in the other library") {
      $0.episode("Pilot")?.folder == home.string && $0.episode("Pilot")?.library == "films"
    }
    #expect(try inodes(home) == before)
    #expect(!exists(shows.appending("Shorts")), "the deck has gone along")
    let deck = films.appending("Shorts/langflix/Anki.apkg")
    #expect(exists(deck))

    try Data("mine".utf8).write(to: URL(fileURLWithPath: home.appending("notes.txt").string))
    let bin = films.appending("#recycle")
    try makeFolder(bin)
    #expect(rename(episode.string, bin.appending("Pilot.mkv").string) == 0)
    try await place.waitForStatus("gone with its clips") {
      $0.counts == ["gone": 1] && $0.episode("Pilot")?.folder == nil
    }
    #expect(place.names(in: home) == ["notes.txt"], "what is not ours stays")
    #expect(place.names(in: films.appending("Shorts")) == ["langflix"])
    #expect(!exists(deck), "a deck of no clips")
    // Back again: cut again.
    #expect(rename(bin.appending("Pilot.mkv").string, episode.string) == 0)
    let status = try await place.waitForStatus("done again") {
      $0.episode("Pilot")?.state == "done" && $0.episode("Pilot")?.folder != nil
        && $0.episode("Pilot")?.clips ?? 0 > 0
    }
    try await expectGoodClips(FilePath(try #require(status.episode("Pilot")?.folder)))
    #expect(await daemon.stop() == 0)
  }

  @Test func aFolderThatIsRenamedDuringACutIsNotMadeAgain() async throws {
    let place = try Workplace()
    // In the encoder's place, so that the cut lasts until the folder has its new name.
    let tools = place.root.appending("tools")
    let (started, goes) = (place.root.appending("started"), place.root.appending("goes"))
    try makeFolder(tools)
    let real = try await Command.run("sh", ["-c", "command -v ffmpeg"])
    let encoder = tools.appending("ffmpeg").string
    let script = """
      #!/bin/sh
      : > '\(started)'
      until [ -e '\(goes)' ]; do sleep 0.05; done
      exec '\(real.output.trimmingCharacters(in: .whitespacesAndNewlines))' "$@"
      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: encoder))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: encoder)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    let daemon = try await Daemon.start(
      place, more: ["PATH": "\(tools):\(path)", "LANGFLIX_CLIP_CUT": "exact"])
    let old = place.media.appending("Season 1")
    try makeFolder(old)
    try await place.add("Pilot.mkv", in: old)
    let deadline = ContinuousClock.now + .seconds(240)
    while !exists(started) {
      try #require(ContinuousClock.now < deadline, "\(daemon.logText)")
      try await Task.sleep(for: .milliseconds(20))
    }
    let new = place.media.appending("Season One")
    #expect(rename(old.string, new.string) == 0)
    try Data().write(to: URL(fileURLWithPath: goes.string))
    let home = new.appending("Shorts/langflix/Pilot")
    try await place.waitForStatus("clips under the new name") {
      $0.episode("Pilot")?.state == "done" && $0.episode("Pilot")?.folder == home.string
        && $0.episode("Pilot")?.clips ?? 0 > 0
    }
    try await expectGoodClips(home)
    #expect(place.names(in: place.media) == ["Season One"])
    #expect(
      place.names(in: home.removingLastComponent()).filter {
        $0.hasPrefix(".w") || $0.hasPrefix(".o")
      }
      .isEmpty)
    #expect(await daemon.stop() == 0)
  }
}
