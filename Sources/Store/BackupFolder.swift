import GRDB
import Glibc
import SystemPackage

/// One copy of the store.
package struct StoreBackup: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Made by itself once a day.
    case nightly
    /// Made before a newer langflix changed the store's tables.
    case upgrade
    /// Made because a person asked for it.
    case manual

    /// So many of the newest stay; nil for all.
    var kept: Int? {
      switch self {
      case .nightly: 7
      case .upgrade: 3
      case .manual: nil
      }
    }
  }

  package var file: FilePath
  package var kind: Kind
  package var sizeBytes: Int64
  /// Seconds since 1970.
  package var madeAt: Double
}

/// The folder `backups` of a state folder. All calls block.
struct BackupFolder: Sendable {
  let paths: StorePaths

  /// The newest first.
  func backups() -> [StoreBackup] {
    guard let stream = paths.backups.withPlatformString({ opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var found: [StoreBackup] = []
    while let entry = readdir(stream) {
      // Where it lies: a copy of the whole field would reach beyond the entry, and beyond the last one's memory.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let file = paths.backups.appending(name)
      guard name.hasSuffix(".sqlite3"),
        let kind = StoreBackup.Kind.allCases.first(where: { name.hasPrefix("\($0.rawValue)-") }),
        let facts = try? file.stat(followTargetSymlink: false), facts.type == .regular
      else { continue }
      found.append(
        StoreBackup(
          file: file, kind: kind, sizeBytes: Int64(facts.size),
          madeAt: Double(facts.st_mtim.tv_sec)))
    }
    return found.sorted { ($0.madeAt, $0.file.string) > ($1.madeAt, $1.file.string) }
  }

  /// Copies the database as one consistent state, while others read and write it, and checks the copy.
  /// - Parameter target: where it goes; nil for this folder. What lies there is never overwritten.
  /// - Throws: `StoreError`, which says that nothing was left behind.
  func make(_ kind: StoreBackup.Kind, to target: FilePath? = nil, now: Double) throws -> StoreBackup
  {
    let final =
      target ?? paths.backups.appending("\(kind.rawValue)-\(StorePaths.stamp(now)).sqlite3")
    let partial = FilePath(final.string + ".part")
    do {
      if target == nil { try makeFolder() }
      guard !StorePaths.exists(final) else { throw Errno.fileExists }
      try StorePaths.remove(partial)
      try Self.copy(paths.database, to: partial)
      guard case .store = try StoreInspection(of: partial), try Self.problems(of: partial).isEmpty
      else { throw StoreError(code: .damaged, message: "the copy is damaged") }
      for companion in StorePaths.companions {
        try StorePaths.remove(FilePath(partial.string + companion))
      }
      try StorePaths.sync(partial)
      try StorePaths.move(partial, final)
      try StorePaths.sync(final.removingLastComponent())
      let size = (try? final.stat()).map { Int64($0.size) } ?? 0
      return StoreBackup(file: final, kind: kind, sizeBytes: size, madeAt: now)
    } catch {
      for ending in [""] + StorePaths.companions {
        try? StorePaths.remove(FilePath(partial.string + ending))
      }
      throw StoreError(backingUp: final, error)
    }
  }

  /// Removes the oldest beyond what each kind keeps.
  func prune() {
    let all = backups()
    for kind in StoreBackup.Kind.allCases {
      guard let kept = kind.kept else { continue }
      for backup in all.filter({ $0.kind == kind }).dropFirst(kept) {
        try? StorePaths.remove(backup.file)
      }
    }
  }

  /// What SQLite finds wrong with a file; empty where it is whole.
  static func problems(of file: FilePath) throws -> [String] {
    var configuration = Configuration.plain
    configuration.readonly = true
    // A person's own tool may hold the file for a moment.
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: file.string, configuration: configuration)
    defer { try? queue.close() }
    return try queue.unsafeRead { try EpisodeStore.problems($0) }
  }

  /// One consistent state of a database, made compact.
  static func copy(_ database: FilePath, to target: FilePath) throws {
    var configuration = Configuration.plain
    configuration.readonly = true
    configuration.label = "langflix.backup"
    // It waits for a checkpoint in turn, and changes nothing.
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: database.string, configuration: configuration)
    defer { try? queue.close() }
    try queue.inDatabase {
      try $0.execute(sql: "VACUUM INTO ?", arguments: [target.string])
    }
  }

  private func makeFolder() throws {
    guard paths.backups.withPlatformString({ mkdir($0, 0o750) }) != 0, errno != EEXIST else {
      return
    }
    throw Errno(rawValue: errno)
  }
}
