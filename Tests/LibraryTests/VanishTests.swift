import Library
import Settings
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct VanishTests {
  private let folder: TestFolder
  private let settings: LibrarySettings

  init() throws {
    folder = try TestFolder()
    settings = LibrarySettings(name: "tv", root: folder["tv"], backlog: .none)
    for name: FilePath in ["tv/Show/a.mkv", "tv/Show/b.mkv", "tv/Show/Season/c.mkv", "tv/d.mkv"] {
      try folder.write(name)
    }
  }

  private func gone(_ names: FilePath..., in memory: MemoryRecorder) async throws {
    let expected = Set(names.map { folder[$0] })
    try await memory.wait { Set($0.compactMap(\.vanished)) == expected }
  }

  @Test func removedFile() async throws {
    try await Watching.run(folder, settings: settings) { watching in
      TestFolder.remove(folder["tv/Show/a.mkv"])
      try await gone("tv/Show/a.mkv", in: watching.memory)
      #expect(watching.memory.scans == 1)
    }
  }

  @Test func removedFolder() async throws {
    try await Watching.run(folder, settings: settings) { watching in
      TestFolder.remove(folder["tv/Show"])
      try await gone(
        "tv/Show/a.mkv", "tv/Show/b.mkv", "tv/Show/Season/c.mkv", in: watching.memory)
    }
  }

  @Test func folderMovedOut() async throws {
    try await Watching.run(folder, settings: settings) { watching in
      try folder.move(folder["tv/Show"], to: folder["outside"])
      try await gone(
        "tv/Show/a.mkv", "tv/Show/b.mkv", "tv/Show/Season/c.mkv", in: watching.memory)
      // What happens to it there is none of this library's business.
      try folder.write("outside/late.mkv")
      try folder.write("tv/marker.mkv")
      try await watching.memory.episode(folder["tv/marker.mkv"])
      #expect(watching.memory.episodes == [folder["tv/marker.mkv"]])
    }
  }

  @Test func folderRenamed() async throws {
    try await Watching.run(folder, settings: settings) { watching in
      try folder.move(folder["tv/Show"], to: folder["tv/New"])
      try await gone(
        "tv/Show/a.mkv", "tv/Show/b.mkv", "tv/Show/Season/c.mkv", in: watching.memory)
      for name: FilePath in ["tv/New/a.mkv", "tv/New/b.mkv", "tv/New/Season/c.mkv"] {
        try await watching.memory.episode(folder[name])
      }
      let deep = try folder.write("tv/New/Season/deep/e.mkv")
      try await watching.memory.episode(deep)
    }
  }

  @Test func fileRenamedIsOfferedBeforeItIsMissed() async throws {
    try await Watching.run(folder, settings: settings) { watching in
      try folder.move(folder["tv/d.mkv"], to: folder["tv/e.mkv"])
      try await gone("tv/d.mkv", in: watching.memory)
      let events = watching.memory.events
      let offer = try #require(events.firstIndex { $0.episode?.path == folder["tv/e.mkv"] })
      let loss = try #require(events.firstIndex { $0.vanished != nil })
      #expect(offer < loss)
    }
  }

  @Test func removedWhileNobodyWatched() async throws {
    let memory = MemoryRecorder()
    try await Watching.run(folder, memory: memory, settings: settings) { _ in }
    TestFolder.remove(folder["tv/Show/Season"])
    try await Watching.run(folder, memory: memory, settings: settings) { _ in
      try await gone("tv/Show/Season/c.mkv", in: memory)
    }
  }

  @Test func lossIsToldUntilItIsAccepted() async throws {
    let memory = MemoryRecorder { [counter = Counter(limit: 3)] event in
      event.vanished != nil && counter.isBelowLimit()
    }
    try await Watching.run(folder, memory: memory, settings: settings) { watching in
      TestFolder.remove(folder["tv/Show"])
      try await gone("tv/Show/a.mkv", "tv/Show/b.mkv", "tv/Show/Season/c.mkv", in: memory)
      #expect(memory.refusals.compactMap(\.vanished).count == 3)
      #expect(memory.vanished.count == 3)
    }
  }

  @Test func rootThatVanishesTakesNoFileWithIt() async throws {
    try await Watching.run(folder, settings: settings) { watching in
      try folder.move(folder["tv"], to: folder["elsewhere"])
      let trouble = try await watching.memory.trouble(.rootMissing)
      #expect(trouble?.isFatal == true)
      try folder.move(folder["elsewhere"], to: folder["tv"])
      try await watching.memory.wait { $0.compactMap(\.watchedFolders).count == 2 }
      let late = try folder.write("tv/Show/Season/late.mkv")
      try await watching.memory.episode(late)
      #expect(watching.memory.vanished.isEmpty)
      #expect(watching.memory.episodes == [late])
    }
  }

  @Test func emptyRootIsAMountPointThatLostItsDisk() async throws {
    // Scans follow each other quickly: dozens of them are time enough to miss every file twice.
    try await Watching.run(
      folder, settings: settings, settle: .milliseconds(10), scanInterval: .milliseconds(10)
    ) { watching in
      try folder.move(folder["tv"], to: folder["elsewhere"])
      try folder.makeFolder("tv")
      let before = watching.memory.scans
      try await watching.memory.wait { $0.count { $0.isScanned } > before + 30 }
      #expect(watching.memory.vanished.isEmpty)
      try folder.move(folder["tv"], to: folder["empty"])
      try folder.move(folder["elsewhere"], to: folder["tv"])
      try await watching.scan()
      #expect(watching.memory.vanished.isEmpty)
      #expect(watching.memory.episodes.isEmpty)
    }
  }
}
