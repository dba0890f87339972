import Library
import Settings
import SystemPackage
import Testing

/// Disks and shares that come and go.
@Suite(
  .timeLimit(.minutes(5)),
  .enabled(if: Mounting.isAllowed, "needs root and the right to mount"))
struct MountTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func aMountInsideALibraryIsSeenAtOnce() async throws {
    let point = try folder.makeFolder("tv/child")
    let settings = LibrarySettings(name: "tv", root: folder["tv"])
    try await Watching.run(folder, settings: settings) { watching in
      try Mounting.tmpfs(at: point)
      defer { Mounting.unmount(point) }
      // No scan is due for half an hour.
      let file = try folder.write("tv/child/Show/x.mkv")
      try await watching.memory.episode(file)
      try await watching.memory.episode(try folder.write("tv/child/Show/later.mkv"))
      #expect(watching.memory.scans == 1)
    }
  }

  @Test func whatLayInAMountThatWentIsNotGone() async throws {
    let point = try folder.makeFolder("tv/child")
    let disk = try TestFolder()
    try folder.write("tv/stays.mkv")
    try Mounting.bind(disk.path, at: point)
    defer { Mounting.unmount(point) }
    let settings = LibrarySettings(name: "tv", root: folder["tv"], backlog: .none)
    try await Watching.run(folder, settings: settings, settle: .milliseconds(20)) { watching in
      let memory = watching.memory
      let file = try folder.write("tv/child/x.mkv")
      try await memory.episode(file)
      Mounting.unmount(point)
      // The folder below the mount is watched now.
      try await memory.episode(try folder.write("tv/child/below.mkv"))
      TestFolder.remove(folder["tv/stays.mkv"])
      try await memory.loss(folder["tv/stays.mkv"])
      try await watching.scan()
      #expect(memory.vanished == [folder["tv/stays.mkv"]])
      try Mounting.bind(disk.path, at: point)
      try disk.write("while away.mkv")
      try await memory.episode(folder["tv/child/while away.mkv"])
      TestFolder.remove(file)
      try await memory.loss(file)
      #expect(memory.episodes.count { $0 == file } == 1)
    }
  }

  @Test func aRootThatIsUnmountedAndMountedAgain() async throws {
    let root = try folder.makeFolder("tv")
    let disk = try TestFolder()
    try disk.write("Show/old.mkv")
    try Mounting.bind(disk.path, at: root)
    defer { Mounting.unmount(root) }
    let settings = LibrarySettings(name: "tv", root: root, backlog: .none)
    try await Watching.run(folder, settings: settings, settle: .milliseconds(20)) { watching in
      let memory = watching.memory
      Mounting.unmount(root)
      let trouble = try #require(try await memory.trouble(.rootEmpty))
      #expect(trouble.mend.contains("mount"))
      try await watching.scan()
      #expect(memory.vanished.isEmpty)
      try disk.write("Show/while away.mkv")
      try Mounting.bind(disk.path, at: root)
      try await memory.episode(folder["tv/Show/while away.mkv"])
      try await memory.episode(try folder.write("tv/Show/told.mkv"))
      #expect(memory.vanished.isEmpty)
      #expect(memory.episodes.count == 2)
      // The trouble is over, and it says so.
      let events = memory.events
      let told = try #require(events.lastIndex { $0.trouble?.kind == .rootEmpty })
      #expect(events[told...].contains { $0.watchedFolders != nil })
    }
  }

  @Test func bindMountsAreNoSecondEpisodes() async throws {
    try folder.write("Show/x.mkv")
    let alias = try folder.makeFolder("Alias")
    try Mounting.bind(folder["Show"], at: alias)
    // And one that holds itself.
    let loop = try folder.makeFolder("Show/loop")
    try Mounting.bind(folder.path, at: loop)
    defer {
      Mounting.unmount(loop)
      Mounting.unmount(alias)
    }
    let settings = LibrarySettings(name: "tv", root: folder.path, backlog: .all)
    try await Watching.run(folder, settings: settings) { watching in
      try await watching.memory.wait { $0.contains { $0.episode != nil } }
      try await watching.scan()
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == 2)
    }
  }
}
