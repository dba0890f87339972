import CLinux
import Glibc
import Library
import Settings
import Synchronization
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct TroubleTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func rootThatAppearsLate() async throws {
    let settings = LibrarySettings(name: "tv", root: folder["mount/tv"])
    try await Watching.run(folder, settings: settings, waitsForScan: false) { watching in
      let trouble = try #require(try await watching.memory.trouble(.rootMissing))
      #expect(trouble.message.contains("mount/tv"))
      #expect(!trouble.mend.isEmpty)
      #expect(trouble.isFatal)
      try folder.makeFolder("mount/tv")
      try await watching.memory.wait { $0.contains { $0.watchedFolders == 1 } }
      try await watching.memory.episode(try folder.write("mount/tv/x.mkv"))
      #expect(watching.memory.events.compactMap(\.trouble).count == 1)
    }
  }

  @Test func rootThatIsAFile() async throws {
    let settings = LibrarySettings(name: "tv", root: try folder.write("tv"))
    try await Watching.run(folder, settings: settings, waitsForScan: false) { watching in
      let trouble = try await watching.memory.trouble(.rootMissing)
      #expect(trouble?.message.contains("not a folder") == true)
    }
  }

  @Test func folderWithoutPermission() async throws {
    try folder.write("closed/x.mkv")
    try folder.write("open/y.mkv")
    try folder.setMode(0o755, of: ".")
    try folder.setMode(0, of: "closed")
    var hooks = WatchHooks()
    // The superuser may read everything, so the watcher's thread is another user from its first folder on.
    hooks.addWatch = { _ throws(Errno) in if geteuid() == 0 { setfsuid(65_534) } }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .all)
    try await Watching.run(folder, settings: settings, hooks: hooks) { watching in
      let trouble = try await watching.memory.trouble(.folderUnreadable)
      #expect(trouble?.message.contains("/closed") == true)
      try await watching.memory.episode(folder["open/y.mkv"])
      try await watching.scan()
      #expect(watching.memory.events.compactMap(\.trouble).count == 1)
      try folder.setMode(0o755, of: "closed")
      try await watching.scan()
      try await watching.memory.episode(folder["closed/x.mkv"])
      #expect(watching.memory.events.compactMap(\.watchedFolders) == [2, 3])
    }
  }

  @Test func troubleIsToldOnceUntilItChanges() async throws {
    let closed: Mutex<Set<FilePath>> = Mutex([folder["a"], folder["b"]])
    var hooks = WatchHooks()
    hooks.addWatch = { path throws(Errno) in
      if closed.withLock({ $0.contains(path) }) { throw .permissionDenied }
    }
    try folder.write("a/x.mkv")
    try folder.write("b/y.mkv")
    try await Watching.run(folder, hooks: hooks) { watching in
      try await watching.scan()
      #expect(watching.memory.events.compactMap(\.trouble).count == 2)
      #expect(watching.memory.vanished.isEmpty)
      closed.withLock { $0 = [folder["b"]] }
      try await watching.scan()
      let events = watching.memory.events
      // The news that the library is watched again is followed by what is still in the way.
      let again = try #require(events.lastIndex { $0.watchedFolders == 2 })
      #expect(events[again...].compactMap(\.trouble).count == 1)
      #expect(events.compactMap(\.trouble).count == 3)
      try await watching.memory.episode(folder["a/x.mkv"])
    }
  }

  @Test func overflowLeadsToAScan() async throws {
    let limit = try #require(try Self.queueLimit())
    // A machine with a raised limit would take too long.
    guard limit <= 65_536 else {
      return print("fs.inotify.max_queued_events is raised: skipped")
    }
    let folder = folder
    let root = folder.path.string
    let isFirst = Counter(limit: 1)
    // It is known as it lies there first, and its folder does not change with it.
    let known = try folder.write("Show/known.mkv")
    let memory = MemoryRecorder { event in
      guard event.isScanned, isFirst.isBelowLimit() else { return false }
      // The watcher's thread is here, so nobody reads events: two at least for each of these.
      for number in 0...limit / 2 {
        let path = "\(root)/\(number)"
        mkdir(path, 0o755)
        rmdir(path)
      }
      _ = try? folder.write("lost.mkv")
      _ = try? folder.write("New/Deep/lost.mkv")
      try? TestFolder.append(5, to: known)
      return false
    }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .none)
    try await Watching.run(folder, memory: memory, settings: settings) { watching in
      let trouble = try await memory.trouble(.overflow)
      #expect(trouble?.isFatal == false)
      for file in [folder["lost.mkv"], folder["New/Deep/lost.mkv"], known] {
        try await memory.episode(file)
      }
    }
  }

  private static func queueLimit() throws -> Int? {
    let file = try FileDescriptor.open("/proc/sys/fs/inotify/max_queued_events", .readOnly)
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = try file.closeAfter { try bytes.withUnsafeMutableBytes { try file.read(into: $0) } }
    let digits = bytes[..<count].prefix { (0x30...0x39).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  @Test func loopsAndAliasesOfLinks() async throws {
    let outside = try TestFolder()
    try outside.write("linked.mkv")
    try outside.symlink(folder.path, to: "back")
    try folder.write("Show/x.mkv")
    try folder.symlink(folder.path, to: "Show/loop")
    try folder.symlink(folder["Show"], to: "Another Show")
    try folder.symlink(outside.path, to: "outside")
    try folder.symlink(folder["nowhere"], to: "dangling")
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .all)
    try await Watching.run(folder, settings: settings) { watching in
      let expected = [folder["Show/x.mkv"], folder["outside/linked.mkv"]]
      for file in expected { try await watching.memory.episode(file) }
      try folder.symlink(folder["Show"], to: "Later Alias")
      try await watching.scan()
      try await watching.settleEverything()
      #expect(Set(watching.memory.episodes) == Set(expected + [folder["zz Marker 1.mkv"]]))
      #expect(watching.memory.vanished.isEmpty)
      // A linked folder is watched like any other.
      try outside.write("later.mkv")
      try await watching.memory.episode(folder["outside/later.mkv"])
    }
  }
}
