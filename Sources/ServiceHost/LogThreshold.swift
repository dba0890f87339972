import Logging
import Synchronization

/// How much is logged, for all loggers at once; a reload of the configuration changes it.
package final class LogThreshold: Sendable {
  private let current: Mutex<Logger.Level>

  package init(_ level: Logger.Level) { current = Mutex(level) }

  package var level: Logger.Level {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
