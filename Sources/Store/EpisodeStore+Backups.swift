import Foundation
import GRDB
import SystemPackage

/// What `langflix db check` found.
package struct StoreCheck: Sendable, Hashable {
  /// What SQLite finds wrong with the file; empty where it is whole.
  package var problems: [String]
  package var file: FilePath
  package var sizeBytes: Int64
  package var episodes: Int
  package var answers: Int
  /// The newest first.
  package var backups: [StoreBackup]
}

// Copies of the store, and what is wrong with it. All calls block, and for long.
extension EpisodeStore {
  static var now: Double { Date.now.timeIntervalSince1970 }

  /// The state folder.
  package var folder: FilePath { paths.folder }

  /// Does something with a store's files while nobody has them open.
  /// - Throws: `StoreError` where another process owns the store.
  package static func owning<Value>(
    _ folder: FilePath, _ body: () throws -> Value
  ) throws -> Value {
    let lock = try StoreLock(folder: folder)
    return try withExtendedLifetime(lock, body)
  }

  /// - Throws: `StoreError` where neither a store nor a copy that is to take its place is in the folder.
  package static func expect(in folder: FilePath) throws(StoreError) {
    let paths = StorePaths(folder: folder)
    guard StorePaths.exists(paths.database) || StorePaths.exists(paths.restored) else {
      throw StoreError(absentIn: folder)
    }
  }

  /// Reads every page of the store.
  package func check() throws -> StoreCheck {
    try Self.check(paths)
  }

  /// The same for a store that can't be opened.
  package static func check(folder: FilePath) throws(StoreError) -> StoreCheck {
    let paths = StorePaths(folder: folder)
    do {
      switch try StoreInspection(of: paths.database) {
      case .absent: throw StoreError(absentIn: folder)
      case .foreign: throw StoreError(refusing: paths.database)
      case .newer: throw StoreError(newer: paths.database)
      case .store: return try check(paths)
      }
    } catch {
      throw StoreError(opening: paths.database, error)
    }
  }

  private static func check(_ paths: StorePaths) throws -> StoreCheck {
    let file = paths.database
    var configuration = Configuration.plain
    configuration.readonly = true
    // A person's own tool may hold the file for a moment.
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: file.string, configuration: configuration)
    defer { try? queue.close() }
    return try queue.unsafeRead { database in
      StoreCheck(
        problems: try problems(database), file: file,
        sizeBytes: (try? file.stat()).map { Int64($0.size) } ?? 0,
        episodes: count("episode", database), answers: count("answer", database),
        backups: BackupFolder(paths: paths).backups())
    }
  }

  /// 0 where the table's pages are damaged.
  private static func count(_ table: String, _ database: Database) -> Int {
    (try? Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)")) ?? 0
  }

  /// Copies the store while it is in use.
  /// - Parameter target: where to; nil for the folder of backups.
  package func backUp(
    _ kind: StoreBackup.Kind, to target: FilePath? = nil
  ) throws -> StoreBackup {
    let folder = BackupFolder(paths: paths)
    let backup = try folder.make(kind, to: target, now: Self.now)
    folder.prune()
    return backup
  }

  /// The newest first.
  package static func backups(in folder: FilePath) -> [StoreBackup] {
    BackupFolder(paths: StorePaths(folder: folder)).backups()
  }

  /// Checks a copy and puts it ready to take the store's place when it is opened next.
  ///
  /// The store itself is not touched, so that this may be done beside its owner.
  /// - Throws: `StoreError` for what is no whole store of this version or an older one.
  package static func prepareRestore(of backup: FilePath, in folder: FilePath) throws(StoreError) {
    let paths = StorePaths(folder: folder)
    let partial = FilePath(paths.restored.string + ".part")
    do {
      switch try StoreInspection(of: backup) {
      case .absent:
        throw StoreError(code: .other, message: "there is no backup \(backup)")
      case .foreign: throw StoreError(refusing: backup)
      case .newer: throw StoreError(newer: backup)
      case .store: break
      }
      let problems = try BackupFolder.problems(of: backup)
      if let problem = problems.first {
        throw StoreError(
          code: .damaged, message: "the backup \(backup) is damaged (\(problem)): take another")
      }
      try StorePaths.remove(partial)
      try BackupFolder.copy(backup, to: partial)
      try StorePaths.sync(partial)
      try StorePaths.move(partial, paths.restored)
      try StorePaths.sync(folder)
    } catch {
      try? StorePaths.remove(partial)
      if let error = error as? StoreError { throw error }
      throw StoreError(
        code: .other, message: "the backup \(backup) can't be put back: \(error)")
    }
  }

  /// Puts what `prepareRestore` has made ready in the store's place; what was there is kept beside it.
  ///
  /// A kill in between is made good by the next call.
  static func takeRestored(_ paths: StorePaths) throws {
    guard StorePaths.exists(paths.restored) else { return }
    let facts = try paths.restored.stat()
    // The same at every try.
    let replaced = paths.replaced(at: StorePaths.stamp(Double(facts.st_mtim.tv_sec)))
    for ending in [""] + StorePaths.companions {
      let file = FilePath(paths.database.string + ending)
      if StorePaths.exists(file) { try StorePaths.move(file, FilePath(replaced.string + ending)) }
    }
    try StorePaths.move(paths.restored, paths.database)
    try StorePaths.sync(paths.folder)
  }

  static func problems(_ database: Database) throws -> [String] {
    do {
      let lines = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
      let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map {
        "a row of \($0[0] as String) belongs to a row of \($0[2] as String) that is not there"
      }
      return lines.filter { $0 != "ok" } + orphans
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return ["\(error)"]
    }
  }
}
