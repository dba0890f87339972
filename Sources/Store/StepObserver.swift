import DurableSteps
import GRDB

/// Tells of each transaction's two sides.
final class StepObserver: TransactionObserver {
  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseWillCommit() throws { DurableStep.pass() }
  func databaseDidCommit(_ database: Database) { DurableStep.pass() }
  func databaseDidRollback(_ database: Database) {}
}
