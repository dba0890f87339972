import Dispatch
import GRDB
import SystemPackage

/// The daemon's memory: every episode, batch, answer and clip is a row before it is work.
///
/// One process owns it at a time (`StoreLock`). Writes are durable when they return (`synchronous=FULL`), so an
/// answer that was paid for survives a power cut. The `async` calls run on GRDB's own serial queues; the calls
/// marked 'blocking' are for threads that may block.
package final class EpisodeStore: Sendable {
  let pool: DatabasePool
  private let lock: StoreLock

  /// Opens or makes the store in a folder, and brings its schema up to date.
  /// - Throws: `StoreError` when another process owns it, or it can't be opened.
  package init(folder: FilePath) throws(StoreError) {
    lock = try StoreLock(folder: folder)
    let file = folder.appending("langflix.sqlite3")
    do {
      var configuration = Configuration()
      configuration.foreignKeysEnabled = true
      configuration.label = "langflix.store"
      configuration.maximumReaderCount = 3
      // A raised priority is refused to ordinary users, and libdispatch complains of it on standard error.
      configuration.qos = .default
      pool = try DatabasePool(path: file.string, configuration: configuration)
      // Set after opening: GRDB itself lowers it to NORMAL when it switches to WAL.
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
      }
      try Schema.migrator.migrate(pool)
      pool.add(transactionObserver: StepObserver(), extent: .databaseLifetime)
    } catch {
      throw StoreError(opening: file, error)
    }
  }

  /// Checkpoints and closes; later calls throw.
  package func close() throws {
    try pool.writeWithoutTransaction { database in
      _ = try database.checkpoint(.truncate)
    }
    try pool.close()
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
