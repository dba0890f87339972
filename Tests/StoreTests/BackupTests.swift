import Expressions
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import Store

@Suite struct BackupTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names(_ sub: String) -> [String] {
    let path = folder.path.appending(sub).string
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  private func episodes(in file: FilePath) throws -> [Int64] {
    try DatabaseQueue(path: file.string).read {
      try Int64.fetchAll($0, sql: "SELECT id FROM episode ORDER BY id")
    }
  }

  @Test func aCopyIsWholeWhileTheStoreIsInUse() async throws {
    let store = try EpisodeStore(folder: folder.path)
    let id = try await store.transcribing("/m/a.mkv")
    // Somebody writes all the while.
    let writer = Task {
      var count = 0
      while !Task.isCancelled {
        try await store.reserve([Reservation(provider: "p", day: "d", usd: 1)])
        count += 1
      }
      return count
    }
    let queue = DispatchQueue(label: "backup")
    for turn in 1...3 {
      let target = folder.path.appending("copy\(turn).sqlite3")
      let backup = try await withCheckedThrowingContinuation { continuation in
        queue.async {
          continuation.resume(with: Result { try store.backUp(.manual, to: target) })
        }
      }
      #expect(backup.sizeBytes > 0)
      #expect(try BackupFolder.problems(of: target) == [])
    }
    writer.cancel()
    _ = await writer.result
    #expect(try episodes(in: folder.path.appending("copy3.sqlite3")) == [id])
    #expect(
      names("").filter { $0.hasPrefix("copy") }
        == ["copy1.sqlite3", "copy2.sqlite3", "copy3.sqlite3"])
    #expect(throws: StoreError.self) {
      try store.backUp(.manual, to: folder.path.appending("copy1.sqlite3"))
    }
    try store.close()
  }

  @Test func theLastSevenOfTheNightsStay() throws {
    let store = try EpisodeStore(folder: folder.path)
    let backups = BackupFolder(paths: store.paths)
    let files = try (0..<9).map { day in
      let backup = try backups.make(.nightly, now: Double(day) * 86_400)
      let time = Date(timeIntervalSince1970: Double(day) * 86_400 + 1)
      try FileManager.default.setAttributes(
        [.modificationDate: time], ofItemAtPath: backup.file.string)
      return backup.file
    }
    let manual = try backups.make(.manual, now: 5)
    #expect(files[1].lastComponent == "nightly-1970-01-02T00-00-00.sqlite3")
    // A person's own file is not langflix's to remove.
    try Data().write(to: URL(fileURLWithPath: store.paths.backups.appending("mine.txt").string))
    backups.prune()
    #expect(
      Set(names("backups"))
        == Set(files[2...].map { $0.lastComponent?.string ?? "" }).union([
          manual.file.lastComponent?.string ?? "", "mine.txt",
        ]))
    #expect(EpisodeStore.backups(in: folder.path).count == 8)
    try store.close()
  }

  /// More than one read of the folder gives: the last entry of a read lies at the end of its memory.
  @Test func aFolderOfManyIsReadToItsEnd() throws {
    let backups = BackupFolder(paths: StorePaths(folder: folder.path))
    try FileManager.default.createDirectory(
      atPath: backups.paths.backups.string, withIntermediateDirectories: true)
    let wanted = (0..<2_000).map { "manual-\($0).sqlite3" }
    for name in wanted {
      let file = backups.paths.backups.appending(name).string
      #expect(FileManager.default.createFile(atPath: file, contents: Data([1])))
    }
    #expect(
      Set(backups.backups().compactMap { $0.file.lastComponent?.string }) == Set(wanted))
  }

  @Test func aBackupTakesTheStoresPlaceAndWhatWasThereIsKept() async throws {
    var store = try EpisodeStore(folder: folder.path)
    let kept = try await store.transcribing("/m/kept.mkv")
    let backup = try store.backUp(.manual).file
    _ = try await store.transcribing("/m/later.mkv")
    // Beside its owner.
    try EpisodeStore.prepareRestore(of: backup, in: folder.path)
    #expect(try await store.counts().states == [.transcribing: 2])
    try store.close()
    store = try EpisodeStore(folder: folder.path)
    #expect(try await store.counts().states == [.transcribing: 1])
    #expect(try await store.episode(kept).path == "/m/kept.mkv")
    try store.close()
    let replaced = try #require(
      names("").first { $0.hasPrefix("langflix.sqlite3.replaced-") })
    #expect(try episodes(in: folder.path.appending(replaced)).count == 2)
    #expect(!names("").contains("langflix.sqlite3.restore"))
  }

  /// A kill at any point between the renames.
  @Test(arguments: 0...3) func aRestoreThatWasKilledIsMadeGood(_ done: Int) async throws {
    var store = try EpisodeStore(folder: folder.path)
    let backup = try store.backUp(.manual).file
    _ = try await store.transcribing("/m/later.mkv")
    try EpisodeStore.prepareRestore(of: backup, in: folder.path)
    let paths = store.paths
    // Not closed: a killed process leaves its -wal behind.
    let wal = FilePath(paths.database.string + "-wal")
    let copies = try [paths.database, wal].map {
      try Data(contentsOf: URL(fileURLWithPath: $0.string))
    }
    try store.close()
    for (path, bytes) in zip([paths.database, wal], copies) {
      try bytes.write(to: URL(fileURLWithPath: path.string))
    }
    let time = StorePaths.stamp(Double(try paths.restored.stat().st_mtim.tv_sec))
    let replaced = paths.replaced(at: time)
    let moves = [
      (paths.database, replaced), (wal, FilePath(replaced.string + "-wal")),
      (paths.restored, paths.database),
    ]
    for (from, to) in moves.prefix(done) { try StorePaths.move(from, to) }
    store = try EpisodeStore(folder: folder.path)
    #expect(try await store.counts().states.isEmpty)
    try store.close()
    #expect(try episodes(in: replaced).count == 1)
  }

  @Test func whatIsNoBackupIsNotPutBack() async throws {
    let store = try EpisodeStore(folder: folder.path)
    try store.close()
    let bad = folder.path.appending("bad.sqlite3")
    #expect(throws: StoreError.self) {
      try EpisodeStore.prepareRestore(of: bad, in: folder.path)
    }
    try Data("no".utf8).write(to: URL(fileURLWithPath: bad.string))
    #expect(throws: StoreError.self) {
      try EpisodeStore.prepareRestore(of: bad, in: folder.path)
    }
    #expect(!names("").contains { $0.contains("restore") })
  }

  @Test func nothingIsMigratedWithoutACopy() throws {
    try StoredSchemas.restore("3 selection", in: folder)
    // In the folder's place, so that no copy can be made.
    try Data().write(to: URL(fileURLWithPath: folder.path.appending("backups").string))
    #expect(throws: StoreError.self) { try EpisodeStore(folder: folder.path) }
    let applied = try inspect(folder) {
      try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations")
    }
    #expect(applied.last == "3 selection")
  }
}
