import Dispatch
import Library
import Logging
import Settings
import Synchronization
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct LifecycleTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private func watcher(
    _ libraries: [LibrarySettings], memory: MemoryRecorder = .init(), hooks: WatchHooks = .init()
  ) -> LibraryWatcher {
    LibraryWatcher(
      libraries: libraries, watch: WatchSettings(), memory: memory,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), hooks: hooks)
  }

  @Test func returnsWhenCancelledAtAnyTime() async throws {
    for number in 1...200 { try folder.write(FilePath("Show \(number)/x.mkv")) }
    // Before it began, in the first scan, and when nothing is due for long.
    for waits in [0, 1, 2] {
      let memory = MemoryRecorder()
      let watcher = watcher([LibrarySettings(name: "tv", root: folder.path)], memory: memory)
      let running = Task { try await watcher.run() }
      if waits == 2 { try await memory.wait { $0.contains { $0.isScanned } } }
      if waits == 1 { await Task.yield() }
      // A watcher that does not hear of it would run until the suite's time limit.
      running.cancel()
      try await running.value
      // With nobody there to hear it, it must not fail.
      watcher.scanSoon()
    }
  }

  @Test func runsAgainAfterwards() async throws {
    let memory = MemoryRecorder()
    let watcher = watcher([LibrarySettings(name: "tv", root: folder.path)], memory: memory)
    for round in 1...2 {
      let running = Task { try await watcher.run() }
      try await memory.wait { $0.count { $0.isScanned } == round }
      running.cancel()
      try await running.value
    }
  }

  @Test func comesRoundUnlessItIsStuck() async throws {
    try await Watching.run(folder) { await $0.watcher.comesRound() }
    let memory = MemoryRecorder()
    let watcher = watcher([LibrarySettings(name: "tv", root: folder.path)], memory: memory)
    await watcher.comesRound()

    // A round that hangs, as in a call into a share that is away.
    let gate = DispatchSemaphore(value: 0)
    let isStuck = AsyncStream.makeStream(of: Void.self)
    let hasCome = Mutex(false)
    var hooks = WatchHooks()
    hooks.willWait = { _ in
      isStuck.continuation.yield()
      gate.wait()
    }
    let stuck = self.watcher([LibrarySettings(name: "tv", root: folder.path)], hooks: hooks)
    let running = Task { try await stuck.run() }
    for await _ in isStuck.stream { break }
    let asking = Task {
      await stuck.comesRound()
      hasCome.withLock { $0 = true }
    }
    asking.cancel()
    try await Task.sleep(for: .milliseconds(50))
    #expect(!hasCome.withLock { $0 })
    // Whoever asks is answered at the latest when it ends.
    running.cancel()
    for _ in 1...100 { gate.signal() }
    try await running.value
    await asking.value
    await stuck.comesRound()
  }

  @Test func noThreadIsSpinningWhenNothingIsDue() async throws {
    let waits = Mutex<[Duration?]>([])
    let isQuiet = AsyncStream.makeStream(of: Void.self)
    var hooks = WatchHooks()
    hooks.willWait = { wait in
      waits.withLock { $0.append(wait) }
      if let wait, wait > .seconds(1_000) { isQuiet.continuation.yield() }
    }
    try folder.write("x.mkv")
    try folder.write("Show/y.mkv")
    try await Watching.run(folder, settle: .milliseconds(20), hooks: hooks) { watching in
      try await watching.memory.episode(folder["x.mkv"])
      TestFolder.remove(folder["x.mkv"])
      try await watching.memory.wait { $0.contains { $0.vanished != nil } }
      // With all settled, told and checked, the next thing due is the next scan, half an hour from
      // now.
      for await _ in isQuiet.stream { break }
      #expect(waits.withLock { $0.count } < 60)
    }
  }

  @Test func refusalsDoNotSpinEither() async throws {
    let rounds = Mutex(0)
    let roundsAtOffers = Mutex<[Int]>([])
    let refusals = Counter(limit: 5)
    var hooks = WatchHooks()
    hooks.willWait = { _ in rounds.withLock { $0 += 1 } }
    let memory = MemoryRecorder { event in
      guard event.backlog != nil else { return false }
      roundsAtOffers.withLock { offers in offers.append(rounds.withLock { $0 }) }
      return refusals.isBelowLimit()
    }
    try folder.write("x.mkv")
    // The next scan is due all the time, and has to wait for the backlog.
    try await Watching.run(
      folder, memory: memory, settle: .milliseconds(30), scanInterval: .milliseconds(10),
      hooks: hooks
    ) { _ in
      let offers = roundsAtOffers.withLock { $0 }
      #expect(offers.count == 6)
      let (first, last) = (try #require(offers.first), try #require(offers.last))
      #expect(last - first < 15)
    }
  }

  @Test func librariesAreApart() async throws {
    let memory = MemoryRecorder()
    let inner = try folder.makeFolder("tv/anime")
    let watcher = watcher(
      [
        LibrarySettings(name: "tv", root: folder["tv"], backlog: .all),
        LibrarySettings(name: "anime", root: inner, backlog: .none),
        LibrarySettings(name: "lost", root: folder["lost"]),
      ], memory: memory)
    try folder.write("tv/Show/x.mkv")
    try folder.write("tv/anime/y.mkv")
    let running = Task { try await watcher.run() }
    try await memory.wait { $0.count { $0.isScanned } == 2 && $0.contains { $0.trouble != nil } }
    running.cancel()
    try await running.value
    for event in memory.events {
      guard case .backlog(let library, let taken, let leftAlone) = event else { continue }
      let found = (taken + leftAlone).map(\.path)
      #expect(found == [library == "tv" ? folder["tv/Show/x.mkv"] : folder["tv/anime/y.mkv"]])
    }
    #expect(memory.events.compactMap(\.trouble?.kind) == [.rootMissing])
  }

  @Test func aLibraryThatHangsHoldsUpNoOther() async throws {
    let memory = MemoryRecorder()
    let hung = try folder.makeFolder("hung")
    let gate = DispatchSemaphore(value: 0)
    var hooks = WatchHooks()
    // As a call into a share that is away.
    hooks.addWatch = { path throws(Errno) in if path == hung { gate.wait() } }
    let watcher = watcher(
      [
        LibrarySettings(name: "hung", root: hung),
        LibrarySettings(name: "tv", root: try folder.makeFolder("tv"), backlog: .all),
      ], memory: memory, hooks: hooks)
    try folder.write("tv/x.mkv")
    let running = Task { try await watcher.run() }
    try await memory.wait { $0.contains { $0.isScanned } }
    running.cancel()
    gate.signal()
    try await running.value
    #expect(memory.events.compactMap(\.backlog).map(\.taken.count) == [1])
  }

  @Test func withoutLibrariesItWaits() async throws {
    let running = Task { [watcher = watcher([])] in try await watcher.run() }
    running.cancel()
    try await running.value
  }
}
