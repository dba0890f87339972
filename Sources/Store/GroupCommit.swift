import GRDB
import Synchronization

/// Puts writes that come at the same time into one transaction, so that they share one sync to the disk.
///
/// Each is all or nothing by itself: one that throws undoes only its own changes. A write is durable when its call
/// returns. A cancelled task writes nothing, unless its turn has come already.
final class GroupCommit: Sendable {
  /// One caller's write.
  private struct Entry: Sendable {
    /// - Returns: what tells the caller, once the transaction is durable or lost.
    var perform: @Sendable (Database) throws -> @Sendable ((any Error)?) -> Void
    var fail: @Sendable (any Error) -> Void
  }

  private struct Waiting {
    var entries: [Entry] = []
    /// Whether the writer's queue holds a turn that will take them.
    var isScheduled = false
  }

  /// So many share a transaction at most: others may want to write between.
  private static let most = 512

  private let pool: DatabasePool
  private let waiting = Mutex(Waiting())

  init(pool: DatabasePool) { self.pool = pool }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let entry = Entry(
        perform: { database in
          let value = try body(database)
          return { error in
            if let error {
              continuation.resume(throwing: error)
            } else {
              continuation.resume(returning: value)
            }
          }
        }, fail: { continuation.resume(throwing: $0) })
      let isFirst = waiting.withLock { waiting in
        waiting.entries.append(entry)
        defer { waiting.isScheduled = true }
        return !waiting.isScheduled
      }
      if isFirst { schedule() }
    }
  }

  private func schedule() {
    pool.asyncWriteWithoutTransaction { self.takeTurn($0) }
  }

  private func takeTurn(_ database: Database) {
    let (entries, hasMore) = waiting.withLock { waiting in
      let entries = Array(waiting.entries.prefix(Self.most))
      waiting.entries.removeFirst(entries.count)
      waiting.isScheduled = !waiting.entries.isEmpty
      return (entries, waiting.isScheduled)
    }
    // Behind whoever else waits for the writer.
    if hasMore { schedule() }
    commit(entries, database)
  }

  private func commit(_ entries: [Entry], _ database: Database) {
    var performed: [@Sendable ((any Error)?) -> Void] = []
    // Told when the transaction has ended, as the others are.
    var failed: [(Entry, any Error)] = []
    var rest = entries[...]
    do {
      try database.beginTransaction(.immediate)
      while let entry = rest.popFirst() {
        do {
          var finish: (@Sendable ((any Error)?) -> Void)?
          try database.inSavepoint {
            finish = try entry.perform(database)
            return .commit
          }
          if let finish { performed.append(finish) }
        } catch {
          failed.append((entry, error))
          // A full disk undoes the whole transaction, not this write alone.
          guard database.isInsideTransaction else { throw error }
        }
      }
      try database.commit()
      for finish in performed { finish(nil) }
    } catch {
      if database.isInsideTransaction { try? database.rollback() }
      for finish in performed { finish(error) }
      for entry in rest { entry.fail(error) }
    }
    for (entry, error) in failed { entry.fail(error) }
  }
}
