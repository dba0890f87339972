import Glibc
import Library
import Settings
import Synchronization
import SystemPackage
import Testing

/// Many files, and those that are nobody's business.
@Suite(.timeLimit(.minutes(5))) struct LoadTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  /// A folder of many pictures, and a video among every thousand entries. Links of one file each,
  /// which are made faster than files.
  private func fill(_ name: String, with count: Int) throws {
    let first = try folder.write(FilePath("\(name)/0.mkv")).string
    let root = folder[FilePath(name)].string
    let picture = try folder.write(FilePath("\(name)/0.jpg")).string
    for number in 1..<count {
      let isVideo = number.isMultiple(of: 1_000)
      let made = link(isVideo ? first : picture, "\(root)/\(number).\(isVideo ? "mkv" : "jpg")")
      guard made == 0 else { throw Errno(rawValue: errno) }
    }
  }

  /// Faster than the folder does it itself.
  private func empty(_ name: String, of count: Int) {
    let root = folder[FilePath(name)].string
    for number in 1..<count {
      unlink("\(root)/\(number).\(number.isMultiple(of: 1_000) ? "mkv" : "jpg")")
    }
  }

  @Test func aHundredThousandFilesStarveNoEvents() async throws {
    // A file system may allow no more links of one file than 65,000.
    for name in ["a", "b"] { try fill(name, with: 50_000) }
    defer { for name in ["a", "b"] { empty(name, of: 50_000) } }
    let log = PathLog()
    let news = folder["news.mkv"]
    let root = folder.path
    let wasDropped = Mutex(false)
    var hooks = WatchHooks()
    hooks.addWatch = { path throws(Errno) in
      // The first of the large folders is about to be listed.
      let drops = wasDropped.withLock { was in
        defer { was = was || path != root }
        return !was && path != root
      }
      if drops { try? TestFolder.append(1, to: news) }
    }
    hooks.didNotice = { log.append($0) }
    hooks.didList = { log.append($0) }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .none)
    try await Watching.run(folder, settings: settings, hooks: hooks) { watching in
      try await watching.memory.episode(news)
      let order = log.all
      let listed = try #require(order.firstIndex { [folder["a"], folder["b"]].contains($0) })
      let told = try #require(order.firstIndex(of: news))
      #expect(told < listed)
      let backlog = try #require(watching.memory.events.firstNonNil(\.backlog))
      #expect(backlog.leftAlone.count == 100)
      // Known by now, so none of them is offered by another scan.
      try await watching.scan()
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == 2)
      #expect(watching.memory.vanished.isEmpty)
    }
  }

  @Test func whatSettlesTogetherIsOfferedTogetherAndInOrder() async throws {
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .none)
    let isRefused = Mutex(false)
    let memory = MemoryRecorder { event in
      // Once, in the middle.
      guard event.episode?.path.stem == "250" else { return false }
      return isRefused.withLock { isRefused in
        defer { isRefused = true }
        return !isRefused
      }
    }
    try await Watching.run(folder, memory: memory, settings: settings) { watching in
      for number in 100..<400 { try folder.write(FilePath(".new/\(number).mkv"), bytes: 1) }
      try folder.move(folder[".new"], to: folder["Show"])
      try await memory.wait { $0.count { $0.episode != nil } == 300 }
      #expect(memory.episodes == (100..<400).map { folder[FilePath("Show/\($0).mkv")] })
      #expect(memory.offers < 30, "\(memory.offers) offers of 300 files")
      #expect(memory.refusals.count == 1, "what follows a refusal waits with it")
    }
  }

  @Test func aBurstMissesNone() async throws {
    try await Watching.run(folder) { watching in
      var expected: Set<FilePath> = []
      for number in 0..<600 {
        expected.insert(try folder.write(FilePath("Show \(number / 50)/\(number).mkv"), bytes: 1))
      }
      try await watching.memory.wait { events in
        events.count > 600 && expected.isSubset(of: events.compactMap(\.episode?.path))
      }
    }
  }

  @Test func whatWeWriteWakesNobody() async throws {
    let home: FilePath = "Show/Season 1/Shorts/langflix/Episode"
    let known = folder["Show/Season 1/known.mkv"]
    try folder.write("Show/Season 1/known.mkv")
    try folder.makeFolder(home)
    let rounds = Mutex(0)
    let lists = Mutex(0)
    let isQuiet = AsyncStream.makeStream(of: Void.self)
    var hooks = WatchHooks()
    hooks.willWait = { wait in
      rounds.withLock { $0 += 1 }
      if let wait, wait > .seconds(1_000) { isQuiet.continuation.yield() }
    }
    hooks.didList = { _ in lists.withLock { $0 += 1 } }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .none)
    try await Watching.run(folder, settings: settings, hooks: hooks) { watching in
      for await _ in isQuiet.stream { break }
      let before = (rounds.withLock { $0 }, lists.withLock { $0 })
      for number in 1...200 {
        let part = try folder.write(home.appending(".tmp \(number)"))
        try folder.move(part, to: folder[home].appending("clip \(number).mp4"))
      }
      try folder.write("Show/Season 1/Shorts/reel.mp4")
      try await watching.settleEverything()
      // The marker's own: its events, its looks, its offer.
      #expect(rounds.withLock { $0 } - before.0 < 12)
      #expect(lists.withLock { $0 } == before.1)
      #expect(watching.memory.episodes == [folder["zz Marker 1.mkv"]])
      #expect(!watching.memory.vanished.contains(known))
    }
  }
}
