import DurableSteps
import GRDB

/// Tells of each transaction's two sides.
final class StepObserver: TransactionObserver {
  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseWillCommit() throws { DurableSteps.pass() }
  func databaseDidCommit(_ database: Database) { DurableSteps.pass() }
  func databaseDidRollback(_ database: Database) {}
}
