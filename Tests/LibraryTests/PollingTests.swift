import Glibc
import Library
import Settings
import Synchronization
import SystemPackage
import Testing

/// Folders of which events do not tell all.
@Suite(.timeLimit(.minutes(5))) struct PollingTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func foldersWithoutAWatchArePolled() async throws {
    let isFull = Mutex(true)
    let unwatched = folder["b"]
    var hooks = WatchHooks()
    hooks.addWatch = { path throws(Errno) in
      if path.starts(with: unwatched), isFull.withLock({ $0 }) { throw .noSpace }
    }
    try folder.write("a/old.mkv")
    try folder.write("b/old.mkv")
    try await Watching.run(folder, poll: .milliseconds(20), hooks: hooks) { watching in
      let memory = watching.memory
      let trouble = try #require(try await memory.trouble(.watchLimit))
      #expect(trouble.mend.contains("sysctl -w fs.inotify.max_user_watches=1048576"))
      #expect(!trouble.isNote && !trouble.isFatal)
      try await memory.episode(try folder.write("a/x.mkv"))
      try await memory.episode(try folder.write("b/y.mkv"))
      try await memory.episode(try folder.write("b/new/deep/z.mkv"))
      TestFolder.remove(folder["b/y.mkv"])
      try await memory.loss(folder["b/y.mkv"])
      try folder.move(folder["b/new"], to: folder["b/renamed"])
      try await memory.episode(folder["b/renamed/deep/z.mkv"])
      try await memory.loss(folder["b/new/deep/z.mkv"])
      // Written in place, which changes no folder.
      try TestFolder.append(9, to: folder["b/renamed/deep/z.mkv"])
      try await memory.wait { $0.contains { $0.episode?.sizeBytes == 17 } }
      #expect(memory.events.compactMap(\.trouble).count == 1)
      isFull.withLock { $0 = false }
      // It is watched again by itself, and says so.
      try await memory.wait { $0.compactMap(\.watchedFolders).count == 2 }
      try await memory.episode(try folder.write("b/told.mkv"))
    }
  }

  @Test func withoutAnInstanceAllIsPolled() async throws {
    try await Watching.run(folder, poll: .milliseconds(20), hooks: Self.noInstance) { watching in
      let trouble = try await watching.memory.trouble(.watchLimit)
      #expect(trouble?.mend.contains("sysctl -w fs.inotify.max_user_instances=") == true)
      try await watching.memory.episode(try folder.write("a/b/x.mkv"))
    }
  }

  private static var noInstance: WatchHooks {
    var hooks = WatchHooks()
    hooks.makeInstance = { () throws(Errno) in throw .tooManyOpenFiles }
    return hooks
  }

  @Test func networkSharesArePolledFromTheStart() async throws {
    let share = folder["share"]
    try folder.write("share/Show/old.mkv")
    var hooks = WatchHooks()
    hooks.fileSystem = { $0.starts(with: share) ? .remote("NFS") : nil }
    // What another machine does there is told by no event.
    hooks.addWatch = { path throws(Errno) in if path.starts(with: share) { throw .noSpace } }
    try await Watching.run(folder, poll: .milliseconds(20), hooks: hooks) { watching in
      let memory = watching.memory
      let note = try #require(try await memory.trouble(.remote))
      #expect(note.isNote)
      #expect(note.message.hasPrefix("\(share) is on NFS"))
      try await memory.episode(try folder.write("share/Show/x.mkv"))
      TestFolder.remove(folder["share/Show/x.mkv"])
      try await memory.loss(folder["share/Show/x.mkv"])
      try await watching.scan()
      #expect(memory.events.compactMap(\.trouble) == [note])
    }
  }

  @Test(.enabled(if: Mounting.hasBindfs, "needs root, /dev/fuse and bindfs"))
  func aRealFUSEFileSystemIsPolled() async throws {
    let behind = try TestFolder()
    let share = try folder.makeFolder("share")
    try Mounting.bindfs(behind.path, at: share)
    defer { Mounting.unmount(share) }
    try await Watching.run(folder, poll: .milliseconds(50)) { watching in
      let note = try #require(try await watching.memory.trouble(.remote))
      #expect(note.message.hasPrefix("\(share) is on FUSE"))
      // Past the mount, as on the server: the kernel tells nothing of it there.
      try behind.write("Show/x.mkv")
      try await watching.memory.episode(folder["share/Show/x.mkv"])
    }
  }

  @Test func magicNumbersOfFileSystems() {
    #expect(FileSystemKind(magic: 0x6969) == .remote("NFS"))
    #expect(FileSystemKind(magic: 0xFE53_4D42) == .remote("SMB"))
    #expect(FileSystemKind(magic: 0xFF53_4D42) == .remote("CIFS"))
    #expect(FileSystemKind(magic: 0x0102_1997) == .remote("9p"))
    // ext4, btrfs, xfs, ZFS, tmpfs, overlayfs
    for magic: Int64 in [0xEF53, 0x9123_683E, 0x5846_5342, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630] {
      #expect(!FileSystemKind(magic: magic).isRemote)
    }
  }

  @Test func unchangedFoldersAreNotListedAgain() async throws {
    let listed = PathLog()
    var hooks = WatchHooks()
    hooks.didList = { listed.append($0) }
    for name in ["a/x.mkv", "b/y.mkv", "c/z.mkv"] { try folder.write(FilePath(name)) }
    try await Watching.run(
      folder, settle: .milliseconds(10), scanInterval: .milliseconds(20), hooks: hooks
    ) { watching in
      // A folder's time of change may stand still for seconds, so it is trusted later only. Every
      // eighth scan is a whole one, in between nothing is listed.
      let memory = watching.memory
      func listedInTwoScans() async throws -> [FilePath] {
        _ = listed.take()
        let before = memory.scans
        try await memory.wait { $0.count { $0.isScanned } > before + 1 }
        return listed.take()
      }
      while try await !listedInTwoScans().isEmpty {}
      try await memory.episode(try folder.write("a/new.mkv"))
      #expect(listed.take().contains(folder["a"]))
      // All files count as seen, those that were skipped too.
      #expect(memory.events.compactMap(\.scannedFiles).allSatisfy { $0 >= 3 })
    }
  }
}
