import Foundation
import SystemPackage
import Testing

/// Where clips, reels and extracts lie, and what becomes of them when people move clips.
@Suite(.timeLimit(.minutes(10))) struct LayoutTests {
  let place: Workplace
  private var shorts: FilePath { place.media.appending("Shorts") }
  private var shelf: FilePath { shorts.appending("langflix") }
  private static let markers: Set = [".ignore", ".nomedia", ".plexignore", ".embyignore"]

  init() throws { place = try Workplace() }

  private func exists(_ path: FilePath) -> Bool {
    FileManager.default.fileExists(atPath: path.string)
  }

  @Test func theReelAloneIsSeenByMediaServers() async throws {
    let episode = try await place.add("Show.S01E02.Pilot.mkv")
    let result = try await place.langflix(["process", episode.string])
    #expect(result.status == 0, "\(result.errors)")
    let name = "Show season one episode two Pilot"
    #expect(place.names(in: shorts) == ["langflix", "\(name).mp4"])
    let folder = shelf.appending(name)
    try await expectGoodClips(folder)
    try await expectWholeReel(folder)
    #expect(place.names(in: folder).contains("extracts"))
    #expect(!place.names(in: folder).contains("flat"))
  }

  @Test func extrasLieFlat() async throws {
    let flat = ["LANGFLIX_CLIP_LAYOUT": "extras"]
    for (number, name) in ["Show.S01E01.mkv", "Show.S01E02.mkv"].enumerated() {
      let episode = try await place.add(name)
      let handle = try #require(FileHandle(forWritingAtPath: episode.string))
      try handle.seekToEnd()
      try handle.write(contentsOf: [0xEC, 0x81, UInt8(number)])
      try handle.close()
      let more = flat.merging(["LANGFLIX_SELECTION_REPEAT_AFTER_EPISODES": "0"]) { $1 }
      let result = try await place.langflix(["process", episode.string], more)
      #expect(result.status == 0, "\(result.errors)")
    }
    for name in ["Show season one episode one", "Show season one episode two"] {
      let folder = shelf.appending(name)
      try await expectGoodClips(folder)
      try await expectWholeReel(folder)
      let manifest = try ManifestView.read(folder)
      for clip in manifest.groups.compactMap(\.clip) {
        #expect(clip.file.hasPrefix("../../\(name) - "), "\(clip.file)")
      }
      #expect(
        place.names(in: folder)
          == ["captions", "extracts", "posters", "expressions.json", "index.html", "known"])
    }
    #expect(place.names(in: shelf).isSuperset(of: Self.markers))
    #expect(place.names(in: shorts).isDisjoint(with: Self.markers))
    let clips = place.names(in: shorts).filter { $0.hasSuffix(".mp4") && $0.contains(" - ") }
    #expect(clips.count == 6)
  }

  @Test func clipsOfALibraryThatIsReadOnlyGoUnderARoot() async throws {
    let root = place.root.appending("clips")
    try FileManager.default.createDirectory(
      atPath: root.string, withIntermediateDirectories: true)
    let season = place.media.appending("Show").appending("Season 01")
    try FileManager.default.createDirectory(
      atPath: season.string, withIntermediateDirectories: true)
    let episode = try await place.add("Show.S01E02.mkv", in: season)
    let before = place.names(in: season)
    let result = try await place.langflix(
      ["process", episode.string],
      ["LANGFLIX_CLIP_LAYOUT": "root", "LANGFLIX_CLIP_ROOT_FOLDER": root.string])
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names(in: season) == before)
    let found = try FileManager.default.subpathsOfDirectory(atPath: root.string)
    let manifest = try #require(found.first { $0.hasSuffix("expressions.json") })
    #expect(
      manifest.hasSuffix(
        "Show/Season 01/Shorts/langflix/Show season one episode two/expressions.json"))
    let folder = root.pushing(FilePath(manifest)).removingLastComponent()
    try await expectGoodClips(folder)
    try await expectWholeReel(folder)
  }

  @Test func whatIsNotWantedIsNotMade() async throws {
    let episode = try await place.add("Pilot.mkv")
    let result = try await place.langflix(
      ["process", episode.string],
      [
        "LANGFLIX_CLIP_REEL": "off", "LANGFLIX_CLIP_EXTRACTS": "none",
        "LANGFLIX_CLIP_SUBTITLE_FILES": "off", "LANGFLIX_CLIP_POSTERS": "off",
        "LANGFLIX_CLIP_GALLERY": "off", "LANGFLIX_CLIP_DECK": "none",
      ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names(in: shorts) == ["langflix"])
    let folder = shelf.appending("Pilot")
    let manifest = try ManifestView.read(folder)
    #expect(manifest.reel == nil)
    #expect(manifest.groups.allSatisfy { $0.clip?.subtitles.isEmpty == true })
    #expect(manifest.groups.allSatisfy { $0.clip?.extracts == nil })
    #expect(!place.names(in: folder).contains { $0.hasSuffix(".srt") || $0 == "extracts" })
    #expect(manifest.groups.allSatisfy { $0.clip?.poster == nil })
    #expect(place.names(in: folder).isDisjoint(with: ["posters", "index.html"]))
    #expect(place.names(in: shelf).isDisjoint(with: ["index.html", "Anki.apkg"]))
  }

  @Test func soundThatBrowsersDoNotPlayIsSaid() async throws {
    let episode = place.media.appending("Pilot.mkv")
    let made = try await Command.run(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", try await Fixture.video.string, "-c:v", "copy", "-c:a",
        "ac3", episode.string,
      ])
    #expect(made.status == 0, "\(made.errors)")
    try Data(Fixture.subtitles.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.en.srt").string))
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    let folder = shelf.appending("Pilot")
    try await expectGoodClips(folder)
    for clip in try ManifestView.read(folder).groups.compactMap(\.clip) {
      #expect(clip.method == "copy")
      #expect(clip.soundReason?.contains("ac3") == true, "\(clip.soundReason ?? "none")")
    }
  }

  @Test func someoneElsesFileIsNeverTaken() async throws {
    try FileManager.default.createDirectory(
      atPath: shorts.string, withIntermediateDirectories: true)
    let theirs = shorts.appending("Pilot.mp4")
    try Data("mine".utf8).write(to: URL(fileURLWithPath: theirs.string))
    let episode = try await place.add("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    #expect(try String(contentsOfFile: theirs.string, encoding: .utf8) == "mine")
    try await expectWholeReel(shelf.appending("Pilot"))
    // Made again, it has the same name.
    let names = place.names(in: shorts)
    #expect(try await place.langflix(["retry", "--reask", "--yes"]).status == 0)
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    #expect(place.names(in: shorts) == names)
  }

  @Test func theReelFollowsItsClips() async throws {
    let episode = try await place.add("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    let folder = shelf.appending("Pilot")
    let before = try ManifestView.read(folder)
    #expect(before.groups.count == 3)
    let files = try before.groups.map { try #require($0.clip).files }
    try FileManager.default.removeItem(atPath: folder.appending(files[0][0]).string)
    rename(
      folder.appending(files[1][0]).string, folder.appending("known").appending(files[1][0]).string)

    let daemon = try await Daemon.start(place)
    let deadline = ContinuousClock.now + .seconds(120)
    while try ManifestView.read(folder).groups.map(\.state) != ["hidden", "known", "published"] {
      try #require(ContinuousClock.now < deadline, "\(daemon.logText)")
      try await Task.sleep(for: .milliseconds(100))
    }
    try await expectWholeReel(folder)
    for file in files[0] { #expect(!exists(folder.pushing(FilePath(file)))) }
    for file in files[1].dropFirst() {
      #expect(exists(folder.appending("known").pushing(FilePath(file))))
    }
    // The last clip goes: there is nothing for a reel any more.
    #expect(await daemon.stop() == 0)
    try FileManager.default.removeItem(atPath: folder.appending(files[2][0]).string)
    let second = try await Daemon.start(place)
    while try ManifestView.read(folder).reel != nil {
      try #require(ContinuousClock.now < deadline, "\(second.logText)")
      try await Task.sleep(for: .milliseconds(100))
    }
    #expect(place.names(in: shorts) == ["langflix"])
    let status = try await place.status()
    #expect(status.episode("Pilot")?.state == "done")
    #expect(await second.stop() == 0)
  }

  @Test func killedAtAnyMomentNothingFlatIsDoubledOrLost() async throws {
    let flat = ["LANGFLIX_CLIP_LAYOUT": "extras"]
    try await place.add("Pilot.mkv")
    var isDone = false
    for milliseconds in [350, 500, 650, 800, 950, 1_100, 1_300] where !isDone {
      let daemon = try await Daemon.start(place, more: flat)
      try await Task.sleep(for: .milliseconds(milliseconds))
      await daemon.killHard()
      isDone = try await place.status().episode("Pilot")?.state == "done"
    }
    let daemon = try await Daemon.start(place, more: flat)
    try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
    #expect(await daemon.stop() == 0)
    let folder = shelf.appending("Pilot")
    try await expectGoodClips(folder)
    try await expectWholeReel(folder)
    let manifest = try ManifestView.read(folder)
    let files = manifest.groups.compactMap(\.clip).flatMap(\.files) + [manifest.reel?.file ?? ""]
    let flatFiles = files.filter { $0.hasPrefix("../../") }.map { String($0.dropFirst(6)) }
    #expect(place.names(in: shorts) == Set(flatFiles + ["langflix"]))
    #expect(place.names(in: shelf) == Self.markers.union(["Pilot", "index.html", "Anki.apkg"]))
  }

  @Test func clipsFollowTheirFoldersGroup() async throws {
    guard getuid() == 0 else {
      print("skipped: only root may give a folder any group")
      return
    }
    let group: gid_t = 54_321
    #expect(chown(place.media.string, getuid(), group) == 0)
    #expect(chmod(place.media.string, 0o2775) == 0)
    let episode = try await place.add("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    for name in try FileManager.default.subpathsOfDirectory(atPath: shorts.string) {
      var info = stat()
      #expect(lstat(shorts.pushing(FilePath(name)).string, &info) == 0)
      #expect(info.st_gid == group, "\(name)")
      #expect(info.st_mode & 0o020 != 0, "\(name) can be changed by the group")
      #expect(info.st_mode & S_IFMT == S_IFDIR || info.st_nlink == 1)
    }
  }
}
