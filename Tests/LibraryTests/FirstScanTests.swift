import Library
import Settings
import Synchronization
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct FirstScanTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for number in 1...5 {
      try folder.write(
        FilePath("Show \(number % 2)/E\(number).mkv"), modified: 1_700_000_000 + number)
    }
    try folder.write("Show 1/E1.srt")
  }

  private func path(_ number: Int) -> FilePath {
    folder[FilePath("Show \(number % 2)/E\(number).mkv")]
  }

  @Test(arguments: [
    (BacklogPolicy.none, [], [1, 2, 3, 4, 5]), (.newest(2), [4, 5], [1, 2, 3]),
    (.newest(9), [1, 2, 3, 4, 5], []), (.all, [1, 2, 3, 4, 5], []),
  ])
  func backlogIsSplit(_ policy: BacklogPolicy, _ taken: [Int], _ leftAlone: [Int]) async throws {
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: policy)
    try await Watching.run(folder, settings: settings) { watching in
      let backlog = try #require(watching.memory.events.firstNonNil(\.backlog))
      #expect(Set(backlog.taken.map(\.path)) == Set(taken.map(path)))
      #expect(Set(backlog.leftAlone.map(\.path)) == Set(leftAlone.map(path)))
      #expect(watching.memory.events.contains { $0.watchedFolders == 3 })
      for number in taken { try await watching.memory.episode(path(number)) }
      try await watching.memory.wait { $0.contains { $0.subtitles != nil } }
      try await watching.scan()
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == taken.count + 1)
      #expect(watching.memory.events.compactMap(\.backlog).count == 1)
    }
  }

  @Test func theNewestIsTakenFirstInTheList() async throws {
    try await Watching.run(folder) { watching in
      let backlog = try #require(watching.memory.events.firstNonNil(\.backlog))
      #expect(backlog.taken.map(\.path) == [5, 4, 3].map(path))
      #expect(backlog.taken.first == EpisodeFiles.observe(path(5)))
    }
  }

  @Test func secondStartOffersOnlyWhatChanged() async throws {
    let memory = MemoryRecorder()
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .all)
    try await Watching.run(folder, memory: memory, settings: settings) { watching in
      for number in 1...5 { try await memory.episode(path(number)) }
      try await memory.wait { $0.contains { $0.subtitles != nil } }
    }
    let before = (memory.episodes.count, memory.subtitles.count, memory.scans)
    let late = try folder.write("Show 0/late.mkv")
    try await Watching.run(folder, memory: memory, settings: settings, waitsForScan: false) {
      watching in
      try await memory.episode(late)
      try await memory.wait { $0.count { $0.isScanned } > before.2 }
      try await watching.settleEverything()
      #expect(memory.episodes.count == before.0 + 2)
      #expect(memory.subtitles.count == before.1)
      #expect(memory.events.compactMap(\.backlog).count == 1)
    }
  }

  @Test func backlogIsOfferedUntilItIsAccepted() async throws {
    let refusals = Mutex(3)
    let memory = MemoryRecorder { event in
      event.backlog != nil
        && refusals.withLock { left in
          left -= 1
          return left >= 0
        }
    }
    try await Watching.run(folder, memory: memory, settle: .milliseconds(10)) { watching in
      #expect(memory.refusals.compactMap(\.backlog).count == 3)
      #expect(memory.events.compactMap(\.backlog).count == 1)
      for number in 3...5 { try await memory.episode(path(number)) }
    }
  }

  @Test func whatArrivesInItsTimeIsNews() async throws {
    let folder = folder
    let outside = try TestFolder()
    try outside.write("Moved/news.mkv")
    let isFirst = Mutex(true)
    var hooks = WatchHooks()
    // The root is watched, and nothing of it is listed yet.
    hooks.addWatch = { path throws(Errno) in
      guard path != folder.path,
        isFirst.withLock({ isFirst in
          defer { isFirst = false }
          return isFirst
        })
      else { return }
      _ = try? folder.write("direct.mkv")
      try? folder.move(outside["Moved"], to: folder["Moved"])
      try? TestFolder.append(1, to: folder["Show 1/E1.mkv"])
    }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .none)
    try await Watching.run(folder, settings: settings, hooks: hooks) { watching in
      let news = [folder["direct.mkv"], folder["Moved/news.mkv"]]
      for file in news { try await watching.memory.episode(file) }
      let backlog = try #require(watching.memory.events.firstNonNil(\.backlog))
      #expect(backlog.taken.isEmpty)
      #expect(Set(backlog.leftAlone.map(\.path)).isDisjoint(with: news))
      #expect(Set(backlog.leftAlone.map(\.path)).isSuperset(of: (2...5).map(path)))
    }
  }

  @Test func anEmptyLibraryHasAnEmptyBacklog() async throws {
    let empty = try TestFolder()
    try await Watching.run(empty) { watching in
      let backlog = try #require(watching.memory.events.firstNonNil(\.backlog))
      #expect(backlog.taken.isEmpty && backlog.leftAlone.isEmpty)
      try await watching.memory.episode(try empty.write("x.mkv"))
    }
  }

  @Test func aFolderThatFailsForAMomentIsNotLeftOutOfIt() async throws {
    let broken = folder["Show 1"]
    let failures = Mutex(2)
    var hooks = WatchHooks()
    hooks.addWatch = { path throws(Errno) in
      let fails = failures.withLock { left in
        guard path == broken, left > 0 else { return false }
        left -= 1
        return true
      }
      if fails { throw .ioError }
    }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .none)
    try await Watching.run(folder, settings: settings, settle: .milliseconds(10), hooks: hooks) {
      watching in
      let events = watching.memory.events
      #expect(events.firstNonNil(\.backlog)?.leftAlone.count == 5)
      #expect(events.compactMap(\.trouble).map(\.kind) == [.folderUnreadable])
      #expect(events.compactMap(\.watchedFolders).last == 3)
    }
  }
}

extension Sequence {
  func firstNonNil<Value>(_ transform: (Element) -> Value?) -> Value? {
    lazy.compactMap(transform).first
  }
}
