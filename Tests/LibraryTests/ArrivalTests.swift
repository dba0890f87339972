import Library
import Settings
import Synchronization
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct ArrivalTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func byWriting() async throws {
    try await Watching.run(folder) { watching in
      let file = try folder.write("Show.S01E01.mkv", bytes: 123)
      let offered = try await watching.memory.episode(file)
      #expect(offered == EpisodeFiles.observe(file))
      #expect(offered?.sizeBytes == 123)
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == 2)
    }
  }

  @Test func byRenameFromOutsideAndInside() async throws {
    let outside = try TestFolder()
    try await Watching.run(folder) { watching in
      try folder.move(try outside.write("x.mkv"), to: folder["moved.mkv"])
      try await watching.memory.episode(folder["moved.mkv"])
      let part = try folder.write("y.mkv.part")
      try await watching.settleEverything()
      try folder.move(part, to: folder["y.mkv"])
      try await watching.memory.episode(folder["y.mkv"])
      #expect(!watching.memory.episodes.contains(part))
    }
  }

  @Test func byHardAndSymbolicLink() async throws {
    let outside = try TestFolder()
    let file = try outside.write("x.mkv")
    try await Watching.run(folder) { watching in
      try folder.link(file, to: "hard.mkv")
      try await watching.memory.episode(folder["hard.mkv"])
      try folder.symlink(file, to: "soft.mkv")
      try await watching.memory.episode(folder["soft.mkv"])
    }
  }

  @Test func slowCopyIsOfferedOnceAndWhole() async throws {
    let file = folder["slow.mkv"]
    let blocksLeft = Mutex(0)
    var hooks = WatchHooks()
    // Before each wait, and so between any two looks, the file grows.
    hooks.willWait = { _ in
      let grows = blocksLeft.withLock { left in
        left -= left > 0 ? 1 : 0
        return left > 0
      }
      if grows { try? TestFolder.append(10, to: file) }
    }
    try await Watching.run(folder, settle: .milliseconds(20), hooks: hooks) { watching in
      blocksLeft.withLock { $0 = 30 }
      try folder.write("slow.mkv", bytes: 10)
      let offered = try await watching.memory.episode(file)
      #expect(offered?.sizeBytes == 300)
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count { $0 == file } == 1)
    }
  }

  @Test func emptyFileIsOfferedInTheEnd() async throws {
    try await Watching.run(folder, settle: .milliseconds(10)) { watching in
      let offered = try await watching.memory.episode(try folder.write("empty.mkv", bytes: 0))
      #expect(offered?.sizeBytes == 0)
    }
  }

  @Test func treeMovedInIsListed() async throws {
    let outside = try TestFolder()
    try outside.write("Show/Season 1/a.mkv")
    try outside.write("Show/Season 1/Subs/a/2_English.srt")
    try outside.write("Show/Shorts/langflix/a/1 clip.mp4")
    try await Watching.run(folder) { watching in
      try folder.move(outside["Show"], to: folder["Show"])
      try await watching.memory.episode(folder["Show/Season 1/a.mkv"])
      // And what comes into it later is seen too.
      try await watching.memory.episode(try folder.write("Show/Season 1/b.mkv"))
      try await watching.settleEverything()
      #expect(watching.memory.subtitles == [folder["Show/Season 1/Subs/a/2_English.srt"]])
      #expect(watching.memory.episodes.count == 3)
    }
  }

  @Test func nestedFoldersMadeQuickly() async throws {
    try await Watching.run(folder) { watching in
      var expected: Set<FilePath> = []
      for number in 0..<50 {
        expected.insert(try folder.write(FilePath("Show \(number)/Season/Disc/Part/x.mkv")))
      }
      try await watching.memory.wait { expected.isSubset(of: $0.compactMap(\.episode?.path)) }
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == 51)
    }
  }

  @Test func folderRenamedOnceUnpacked() async throws {
    try await Watching.run(folder) { watching in
      try folder.write("_UNPACK_Show/a.mkv")
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == 1)
      try folder.move(folder["_UNPACK_Show"], to: folder["Show"])
      try await watching.memory.episode(folder["Show/a.mkv"])
    }
  }

  @Test func ignoredNamesAreNeverOffered() async throws {
    let settings = LibrarySettings(name: "tv", root: folder.path, exclude: ["*dub*"])
    let ignored: [FilePath] = [
      "x.mkv.part", ".x.mkv", "Show/._x.mkv", "@eaDir/x.mkv", "Show/Shorts/x.mkv", "Sample/x.mkv",
      "Show/Shorts/langflix/x/1 clip.mp4", "x-sample.mkv", "Show/Extras/x.mkv", "x.jpg",
      "Subs/x.mkv", "Show Dub/x.mkv", "x.DUB.mkv", "#recycle/deep/x.mkv", "Trailers/x.mkv",
    ]
    try folder.write("before/Shorts/x.mkv")
    try await Watching.run(folder, settings: settings) { watching in
      for name in ignored { try folder.write(name) }
      try await watching.settleEverything()
      try await watching.scan()
      try await watching.settleEverything()
      #expect(
        Set(watching.memory.episodes) == [folder["zz Marker 1.mkv"], folder["zz Marker 2.mkv"]])
      #expect(watching.memory.events.compactMap(\.backlog).first?.leftAlone == [])
      // Nothing in them was even asked about.
      #expect(watching.memory.filesAskedFor < 10)
    }
  }

  @Test func rootMayBearAnyName() async throws {
    let root = try folder.makeFolder(".hidden/Shorts")
    let settings = LibrarySettings(name: "tv", root: root)
    try await Watching.run(folder, settings: settings) { watching in
      try await watching.memory.episode(try folder.write(".hidden/Shorts/x.mkv"))
    }
  }

  @Test func subtitlesThatComeLate() async throws {
    try await Watching.run(folder) { watching in
      try await watching.memory.episode(try folder.write("Show/x.mkv"))
      let beside = try folder.write("Show/x.en.srt")
      let below = try folder.write("Show/Subs/x/2_English.srt")
      try await watching.memory.wait {
        Set($0.compactMap(\.subtitles?.path)).isSuperset(of: [beside, below])
      }
      #expect(watching.memory.episodes == [folder["Show/x.mkv"]])
    }
  }

  @Test func namesOfAnyBytes() async throws {
    let names: [[UInt8]] = [
      Array("line\nbreak 😀.mkv".utf8), [0xff, 0xfe, 0x80] + Array(".mkv".utf8),
      Array("Cafe\u{301}.mkv".utf8), Array("Café.mkv".utf8), Array("%s \\ \" '.mkv".utf8),
    ]
    let shows: [[UInt8]] = [[0xe9, 0x0a], Array("日本".utf8)]
    try await Watching.run(folder) { watching in
      var expected: Set<FilePath> = []
      for show in shows {
        let path = folder.path.appending(try .bytes(show))
        try folder.makeFolder(FilePath(root: nil, [try .bytes(show)]))
        for name in names {
          let file = path.appending(try .bytes(name))
          try TestFolder.append(3, to: file)
          expected.insert(file)
        }
      }
      try await watching.memory.wait { expected.isSubset(of: $0.compactMap(\.episode?.path)) }
      #expect(expected.count == 10)
    }
  }

  @Test func changedFileIsOfferedAgain() async throws {
    try await Watching.run(folder) { watching in
      let file = try folder.write("x.mkv", bytes: 5)
      try await watching.memory.episode(file)
      try TestFolder.append(5, to: file)
      try await watching.memory.wait { $0.contains { $0.episode?.sizeBytes == 10 } }
      #expect(watching.memory.episodes == [file, file])
    }
  }

  @Test func whatIsNotAcceptedIsOfferedAgain() async throws {
    let refusals = Mutex(3)
    let memory = MemoryRecorder { event in
      event.episode != nil
        && refusals.withLock { left in
          left -= 1
          return left >= 0
        }
    }
    let outside = try TestFolder()
    try await Watching.run(folder, memory: memory) { watching in
      let file = folder["x.mkv"]
      try folder.move(try outside.write("x.mkv"), to: file)
      try await memory.episode(file)
      try await watching.settleEverything()
      #expect(memory.refusals.compactMap(\.episode?.path) == [file, file, file])
      #expect(memory.episodes.count { $0 == file } == 1)
    }
  }
}
