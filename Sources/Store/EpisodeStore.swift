import GRDB
import Synchronization
import SystemPackage

/// The daemon's memory: every episode, batch, answer and clip is a row before it is work.
///
/// One process owns it at a time (`StoreLock`). Writes are durable when they return (`synchronous=FULL`), so an
/// answer that was paid for survives a power cut. The `async` calls run on GRDB's own serial queues; the calls
/// marked 'blocking' are for threads that may block.
package final class EpisodeStore: Sendable {
  let pool: DatabasePool
  let paths: StorePaths
  private let group: GroupCommit
  private let lock: StoreLock
  private let isClosed = Mutex(false)

  /// Whether there was no store before, or one without an episode: what lies beside the episodes of a library may be
  /// known from there alone.
  package let wasEmpty: Bool

  /// Opens or makes the store in a folder, and brings its schema up to date; a copy is kept of the state before. A copy
  /// that was put ready by `prepareRestore` takes its place first.
  ///
  /// A file that is damaged, another program's, or a newer version's is refused, and not a byte of it is changed.
  /// - Parameter allowsRemote: opens it also on a network file system.
  /// - Throws: `StoreError` when another process owns it, or it can't be opened.
  package convenience init(folder: FilePath, allowsRemote: Bool = false) throws(StoreError) {
    try self.init(folder: folder, allowsRemote: allowsRemote, configuration: Self.configuration)
  }

  init(
    folder: FilePath, allowsRemote: Bool = false, configuration: Configuration
  ) throws(StoreError) {
    if !allowsRemote, let mount = MountTable.current.mount(of: folder), mount.isRemote {
      throw StoreError(remote: folder, kind: mount.kind)
    }
    lock = try StoreLock(folder: folder)
    paths = StorePaths(folder: folder)
    let file = paths.database
    do {
      try Self.takeRestored(paths)
      let applied = try Self.applied(to: file)
      if let applied, applied.count < Schema.migrator.migrations.count {
        _ = try BackupFolder(paths: paths).make(.upgrade, now: Self.now)
      }
      pool = try DatabasePool(path: file.string, configuration: configuration)
      // Set after opening: GRDB itself lowers it to NORMAL when it switches to WAL.
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
      }
      try Schema.migrator.migrate(pool)
      pool.add(transactionObserver: StepObserver(), extent: .databaseLifetime)
      wasEmpty = try pool.read {
        try Int.fetchOne($0, sql: "SELECT 1 FROM episode LIMIT 1") == nil
      }
      group = GroupCommit(pool: pool)
    } catch {
      throw StoreError(opening: file, error)
    }
  }

  static var configuration: Configuration {
    var configuration = Configuration.plain
    configuration.foreignKeysEnabled = true
    configuration.label = "langflix.store"
    configuration.maximumReaderCount = 3
    // The lock keeps other writers away; a person's own tool may hold the file for a moment.
    configuration.busyMode = .timeout(30)
    // Readers come and go over all tables; only the writer gains by pages that it has at hand. In KiB.
    configuration.prepareDatabase { database in
      if database.configuration.readonly { try database.execute(sql: "PRAGMA cache_size = -256") }
    }
    return configuration
  }

  /// - Returns: the migrations that a store has had; nil where there is none.
  private static func applied(to file: FilePath) throws -> Set<String>? {
    switch try StoreInspection(of: file) {
    case .absent: return nil
    case .store(let migrations): return migrations
    case .newer: throw StoreError(newer: file)
    case .foreign: throw StoreError(refusing: file)
    }
  }

  /// One transaction, which others that come at the same time may share; durable when it returns.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await group.write(body)
  }

  /// Checkpoints, closes, and gives up the folder; later calls throw, but for another `close`, which does nothing.
  package func close() throws {
    guard
      isClosed.withLock({ isClosed in
        defer { isClosed = true }
        return !isClosed
      })
    else { return }
    try pool.writeWithoutTransaction { database in
      _ = try database.checkpoint(.truncate)
    }
    try pool.close()
    lock.release()
  }

  /// The `PRAGMA` values that durability rests on, as the writer sees them.
  package func durability() async throws -> (journalMode: String, synchronous: Int) {
    try await pool.writeWithoutTransaction { database in
      (
        try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "",
        try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
      )
    }
  }
}
