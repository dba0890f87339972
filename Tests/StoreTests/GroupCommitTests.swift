import Expressions
import GRDB
import Synchronization
import SystemPackage
import Testing

@testable import Store

@Suite struct GroupCommitTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private final class CommitCounter: TransactionObserver, Sendable {
    let commits = Mutex(0)
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ database: Database) { commits.withLock { $0 += 1 } }
    func databaseDidRollback(_ database: Database) {}
  }

  @Test func writesThatComeAtOnceShareTransactions() async throws {
    let counter = CommitCounter()
    store.pool.add(transactionObserver: counter)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...500 {
        group.addTask {
          try await store.reserve([Reservation(provider: "p", day: "d\(number % 7)", usd: 1)])
        }
      }
      try await group.waitForAll()
    }
    #expect(try await store.spendingTotal(since: "d")[0].requests == 500)
    let commits = counter.commits.withLock { $0 }
    #expect(commits > 0 && commits < 250, "\(commits) transactions for 500 writes")
    // Another connection sees them: they are no mere promise.
    let seen = try inspect(folder) {
      try Int.fetchOne($0, sql: "SELECT sum(requests) FROM spending")
    }
    #expect(seen == 500)
  }

  @Test func aWriteThatFailsUndoesItsOwnChangesOnly() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 1...200 {
        group.addTask {
          do {
            try await store.write { database in
              try database.execute(
                sql: "INSERT INTO library (name) VALUES (?)", arguments: ["\(number)"])
              // The name of an episode that there is not.
              if number % 2 == 0 {
                try database.execute(
                  sql: "INSERT INTO transcript VALUES (?, 'source', '', '', NULL)",
                  arguments: [number])
              }
            }
            return true
          } catch let error as DatabaseError {
            #expect(error.resultCode == .SQLITE_CONSTRAINT)
            return false
          }
        }
      }
      var succeeded = 0
      for try await result in group where result { succeeded += 1 }
      #expect(succeeded == 100)
    }
    let names = try inspect(folder) { try String.fetchAll($0, sql: "SELECT name FROM library") }
    #expect(Set(names.compactMap { Int($0) }) == Set((1...200).filter { $0 % 2 == 1 }))
  }

  @Test func aCancelledTaskWritesNothing() async throws {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await store.reserve([Reservation(provider: "p", day: "d", usd: 1)])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await store.spendingTotal(since: "d").isEmpty)
  }

  @Test func othersThatLockTheFileAreWaitedFor() async throws {
    let id = try await store.transcribing("/m/a.mkv")
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(
      path: folder.path.appending("langflix.sqlite3").string, configuration: configuration)
    let (locked, lock) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let holder = Task.detached {
      // Its own thread waits here, not the cooperative pool's.
      try await withCheckedThrowingContinuation { continuation in
        other.asyncWriteWithoutTransaction { database in
          do {
            try database.execute(sql: "BEGIN IMMEDIATE")
            lock.finish()
            continuation.resume()
          } catch {
            continuation.resume(throwing: error)
          }
        }
      }
      for await _ in released {}
      try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    }
    for await _ in locked {}
    let write = Task { try await store.record(.subtitlesMissing, of: id, now: 9) }
    // While the writer waits, readers read.
    #expect(try await store.episode(id).state == .transcribing)
    #expect(try await store.counts().states == [.transcribing: 1])
    release.finish()
    try await write.value
    try await holder.value
    #expect(try await store.episode(id).state == .needsSubtitles)
  }
}
