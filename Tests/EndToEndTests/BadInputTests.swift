import Foundation
import SystemPackage
import Testing

/// A bad file gets a reason that a person understands, and everything else goes on.
@Suite(.timeLimit(.minutes(10))) struct BadInputTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func write(_ bytes: some Collection<UInt8>, to name: String) throws -> FilePath {
    let path = place.media.appending(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path.string))
    return path
  }

  @Test func eachBadFileFailsAloneWithItsReason() async throws {
    var generator = SystemRandomNumberGenerator()
    let garbage = try write(
      (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &generator) }, to: "Garbage.mkv")
    let empty = try write([], to: "Empty.mkv")
    let list = try write(Array("ffconcat version 1.0\nfile Good.mkv\n".utf8), to: "List.mkv")
    let source = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
    let truncated = try write(source.prefix(source.count / 2), to: "Truncated.mkv")
    let good = try await place.add("Good.mkv")
    let missing = place.media.appending("Missing.mkv")
    let files = [garbage, empty, list, truncated, missing, good]
    let result = try await place.langflix(["process"] + files.map(\.string))
    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == files.count, "one line each: \(result.output)")
    for name in ["Garbage", "Empty", "List", "Truncated", "Missing"] {
      let line = lines.first { $0.hasPrefix("\(name).mkv: failed: ") }
      #expect((line?.count ?? 0) > name.count + 30, "\(name) has no reason: \(line ?? "nothing")")
    }
    try await expectGoodClips(place.media.appending("Shorts/langflix/Good"))
    #expect(
      place.names(in: place.media.appending("Shorts/langflix")).count == 7,
      "nothing partial is left")
  }

  @Test(arguments: [
    ("", "empty"), ("\u{0}\u{1}\u{2}garbage\u{0}", "subtitles"),
    ("no cues in here, only words", "subtitles"),
  ])
  func badSubtitlesAreNamed(content: String, word: String) async throws {
    let episode = try await place.add("Pilot.mkv", subtitles: content)
    let result = try await place.langflix(["process", episode.string])
    #expect(result.status == 75)
    #expect(result.output.contains("Pilot.en.srt"))
    #expect(result.output.contains(word))
  }

  @Test func subtitlesOfALongerFilmAreToldAndNothingIsLost() async throws {
    let late = """

      8
      00:10:00,000 --> 00:10:02,000
      I give up, this is of another film.

      9
      40:00:00,000 --> 40:00:02,000
      One wrong digit.

      """
    let episode = try await place.add("Pilot.mkv", subtitles: Fixture.subtitles + late)
    let result = try await place.langflix(["process", episode.string])
    #expect(result.status == 0, "\(result.errors)")
    let folder = place.media.appending("Shorts/langflix/Pilot")
    try await expectGoodClips(folder)
    #expect(try ManifestView.read(folder).groups.count == 3)
    let other = try await place.add("Other.mkv", subtitles: late)
    let handle = try #require(FileHandle(forWritingAtPath: other.string))
    try handle.seekToEnd()
    try handle.write(contentsOf: [0xEC, 0x81, 7])
    try handle.close()
    let refused = try await place.langflix(["process", other.string])
    #expect(refused.status == 75)
    #expect(refused.output.contains("beyond the end of the video"), "\(refused.output)")
  }

  @Test func strangeNamesAreOrdinaryFiles() async throws {
    let source = try await Fixture.video
    let names: [[UInt8]] = [
      Array("New\nline".utf8), Array("Emoji 🎬".utf8), [0x42, 0x61, 0x64, 0xFF, 0xFE, 0x21],
      Array("-dash".utf8), Array("quote'\"$(x)".utf8),
    ]
    for name in names {
      let stem = place.media.rawBytes + [UInt8(ascii: "/")] + name
      try copy(source, to: stem + Array(".mkv".utf8))
      try write(Data(Fixture.subtitles.utf8), toRaw: stem + Array(".en.srt".utf8))
    }
    // The watcher's way: a command line can't carry every name through Foundation.
    let daemon = try await Daemon.start(place)
    // Five names, one fingerprint: the newest three are taken and turn out to be one episode.
    try await place.waitForStatus("one episode") {
      $0.counts == ["done": 1, "left_alone": 2]
    }
    #expect(try await place.langflix(["retry", "--backlog", "all"]).status == 0)
    try await place.waitForStatus("one episode at five places") { $0.counts == ["done": 1] }
    #expect(await daemon.stop() == 0)
    let folders = place.clipFolders(in: place.media.appending("Shorts/langflix"))
    #expect(folders.count == 1, "five copies are one episode: \(folders)")
  }

  @Test func aWrongConfigurationStopsBeforeAnythingStarts() async throws {
    let file = place.root.appending("langflix.yaml")
    try Data("selection:\n  clips: many\nselecton: 3\n".utf8)
      .write(to: URL(fileURLWithPath: file.string))
    let result = try await place.langflix(["serve", "--config", file.string])
    #expect(result.status == 78)
    #expect(result.errors.contains("langflix.yaml:2"))
    #expect(result.errors.contains("selection.clips"))
    #expect(result.errors.contains("selecton"))
    #expect(place.names(in: place.state).isEmpty)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to mount"))
  func aReadOnlyFolderAndAFullDiskWaitAndThenGoOn() async throws {
    let disk = place.media.appending("disk")
    try FileManager.default.createDirectory(atPath: disk.string, withIntermediateDirectories: false)
    let size = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string)).count
    let mounted = try await Command.run(
      "mount", ["-t", "tmpfs", "-o", "size=\(size + 96 * 1_024)", "none", disk.string])
    guard mounted.status == 0 else {
      print("skipped: mount is not allowed here: \(mounted.errors)")
      return
    }
    let outcome = await Result.of {
      let episode = try await place.add("Pilot.mkv", in: disk)
      let full = try await place.langflix(["process", episode.string])
      #expect(full.status == 75, "\(full.output) \(full.errors)")
      #expect(full.output.contains("space"))
      let shelf = disk.appending("Shorts/langflix")
      #expect(place.names(in: shelf).allSatisfy { $0.hasPrefix(".") && !$0.hasPrefix(".work") })

      _ = try await Command.run("mount", ["-o", "remount,ro", disk.string])
      let readOnly = try await place.langflix(["process", episode.string])
      #expect(readOnly.status == 75)
      #expect(readOnly.output.contains("read-only"))

      _ = try await Command.run("mount", ["-o", "remount,rw,size=\(size * 4)", disk.string])
      let freed = try await place.langflix(["process", episode.string])
      #expect(freed.status == 0, "\(freed.output)")
      try await expectGoodClips(shelf.appending("Pilot"))
    }
    _ = try await Command.run("umount", [disk.string])
    try outcome.get()
  }

  // MARK: - Raw names

  private func path(_ bytes: [UInt8]) -> FilePath {
    (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer {
      FilePath(platformString: $0.baseAddress!)
    }
  }

  private func copy(_ source: FilePath, to bytes: [UInt8]) throws {
    try write(Data(contentsOf: URL(fileURLWithPath: source.string)), toRaw: bytes)
  }

  private func write(_ data: Data, toRaw bytes: [UInt8]) throws {
    let file = try FileDescriptor.open(
      path(bytes), .writeOnly, options: .create, permissions: .ownerReadWrite)
    _ = try file.closeAfter { try data.withUnsafeBytes { try file.writeAll($0) } }
  }
}

extension FilePath {
  fileprivate var rawBytes: [UInt8] {
    withPlatformString {
      Array(UnsafeBufferPointer(start: $0, count: length)).map(UInt8.init(bitPattern:))
    }
  }
}

extension Result where Failure == any Error, Success == Void {
  /// What an async body came to, so that cleaning up can come first.
  fileprivate static func of(_ body: () async throws -> Void) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
