import Expressions
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import Store

/// What is no whole store of this version is refused with what to do, and not a byte of it is changed.
@Suite struct FaultyFileTests {
  let folder: TemporaryFolder
  var file: URL { URL(fileURLWithPath: folder.path.appending("langflix.sqlite3").string) }

  init() throws { folder = try TemporaryFolder() }

  private func expectRefusal(
    _ code: StoreError.Code, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try Data(contentsOf: file)
    let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation) {
      try EpisodeStore(folder: folder.path)
    }
    #expect(error?.code == code, "\(error?.message ?? "")", sourceLocation: sourceLocation)
    for word in words {
      #expect(
        error?.message.contains(word) == true, "\(error?.message ?? "")",
        sourceLocation: sourceLocation)
    }
    #expect(try Data(contentsOf: file) == before, sourceLocation: sourceLocation)
    // The lock is free again.
    #expect(throws: StoreError.self, sourceLocation: sourceLocation) {
      try EpisodeStore(folder: folder.path)
    }
  }

  private func store(episodes: Int) throws {
    let store = try EpisodeStore(folder: folder.path)
    try store.recordEpisodeFiles(
      (0..<episodes).map { stamp(FilePath("/m/\($0).mkv")) }, library: "m", origin: .news, now: 1)
    try store.close()
  }

  @Test func aTextFileIsLeftAsItIs() throws {
    try Data("These are my notes, and they are dear to me.\n".utf8).write(to: file)
    try expectRefusal(.foreign, ["is no store of langflix's", "move it away"])
  }

  @Test func anotherProgramsDatabaseIsLeftAsItIs() throws {
    let queue = try DatabaseQueue(path: file.path)
    try queue.write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }
    try queue.close()
    try expectRefusal(.foreign, ["is no store of langflix's"])
  }

  @Test func aDatabaseWithAnotherMarkIsLeftAsItIs() throws {
    try store(episodes: 1)
    let queue = try DatabaseQueue(path: file.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = 1196444487") }
    try queue.close()
    try expectRefusal(.foreign, ["is no store of langflix's"])
  }

  @Test func aNewerStoreIsLeftAsItIs() throws {
    try store(episodes: 1)
    try inspect(folder) { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('7777 later')") }
    try expectRefusal(.newer, ["newer langflix", "langflix db restore"])
  }

  @Test func aTruncatedStoreIsLeftAsItIs() throws {
    try store(episodes: 300)
    let bytes = try Data(contentsOf: file)
    try bytes.prefix(bytes.count / 2 / 4_096 * 4_096 + 100).write(to: file)
    try expectRefusal(.damaged, ["is damaged", "langflix db restore"])
  }

  @Test func aStoreWithADamagedPageIsLeftAsItIs() throws {
    try store(episodes: 1)
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(100..<4_096, with: Data(repeating: 0xA5, count: 3_996))
    try bytes.write(to: file)
    try expectRefusal(.damaged, ["is damaged", "langflix db restore"])
  }

  @Test func anEmptyFileIsNoStoreYet() throws {
    try Data().write(to: file)
    let store = try EpisodeStore(folder: folder.path)
    #expect(store.wasEmpty)
    try store.close()
  }

  @Test func damageThatOpeningDoesNotSeeIsFoundByACheck() throws {
    try store(episodes: 3_000)
    let handle = try FileHandle(forUpdating: file)
    let end = try handle.seekToEnd()
    try handle.seek(toOffset: end / 4_096 / 2 * 4_096)
    try handle.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
    try handle.close()
    let check = try EpisodeStore.check(folder: folder.path)
    #expect(!check.problems.isEmpty)
  }

  @Test func aNetworkFileSystemIsKnownByItsName() {
    let table = MountTable(
      """
      22 1 0:20 / / rw,relatime - overlay overlay rw
      31 22 0:44 / /mnt/media rw shared:9 master:2 - nfs4 nas:/media rw,vers=4.2
      32 22 0:45 / /mnt/two\\040words rw - cifs //nas/share rw
      33 22 0:46 / /mnt/pool rw - fuse.mergerfs a:b rw
      34 22 0:47 / /mnt/pool/state rw - zfs tank/state rw
      35 22 0:48 / /mnt/block rw - fuseblk /dev/sda1 rw
      36 31 0:49 / /mnt/media rw - ext4 /dev/sdb rw
      """)
    #expect(table.mount(ofResolved: "/srv/state")?.kind == "overlay")
    #expect(table.mount(ofResolved: "/mnt/two words/state")?.isRemote == true)
    #expect(table.mount(ofResolved: "/mnt/two")?.isRemote == false)
    #expect(table.mount(ofResolved: "/mnt/pool/other")?.isRemote == true)
    #expect(table.mount(ofResolved: "/mnt/pool/state/deep")?.kind == "zfs")
    #expect(table.mount(ofResolved: "/mnt/block/x")?.isRemote == false)
    // What was mounted over it last counts.
    #expect(table.mount(ofResolved: "/mnt/media/x")?.isRemote == false)
    #expect(MountTable.current.mount(of: folder.path)?.isRemote == false)
    #expect(MountTable("").mount(ofResolved: "/") == nil)
  }
}
