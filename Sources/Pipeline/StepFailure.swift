import Expressions
import Media
import Publishing
import ServiceHost
import Store

/// Why a step of an episode did not succeed, and what that means for it.
struct StepFailure: Error, Sendable {
  enum Consequence: Sendable, Equatable {
    /// Another try makes no sense until a person or the file changes something.
    case permanent
    /// Tried again after the retry policy's waits, then failed for good.
    case retry
    /// Tried again once: what took a whole process down may do so by chance, but not twice.
    case retryOnce
    /// Tried again after this long, for as long as it takes: nobody's fault, such as a full disk.
    case wait(Duration)
    /// The file is not there any more.
    case vanished
  }

  var consequence: Consequence
  var reason: String
  /// Where clips were to go there is no room.
  var isDiskFull = false
  /// Where it is the library's own limits that leave no room: how many bytes it takes.
  var neededBytes: Int64?

  init(_ consequence: Consequence, _ reason: String) {
    self.consequence = consequence
    self.reason = reason
  }

  /// - Parameter neededBytes: what the library's own limits leave no room for.
  init(noRoom reason: String, neededBytes: Int64) {
    self.init(.wait(Self.outsideWait), reason)
    isDiskFull = true
    self.neededBytes = neededBytes
  }

  /// How long to leave a full disk or a missing permission alone.
  private static let outsideWait = Duration.seconds(120)

  /// No provider takes its batches now; no attempt is used up.
  init(_ closed: ExtractionPool.Closed) {
    let wait = closed.until.map { Duration.seconds(max(1, $0 - EpisodeSteps.now)) }
    self.init(.wait(wait ?? Self.mendWait), closed.reason)
  }

  /// How often it is looked whether a person has mended what only a person can; a little after the pool lets a
  /// request through again.
  private static let mendWait = ExtractionPool.refusalWait + .seconds(5)

  /// To a service all is read-only but what its unit names.
  private static let writePaths = """
    If it is writable for others: the service may write only where ReadWritePaths= says so; name the library's folder \
    there, in /etc/systemd/system/langflix.service.d/media.conf, then: systemctl daemon-reload && systemctl restart \
    langflix
    """

  init(_ failure: MediaFailure) {
    switch failure.kind {
    case .notMedia, .truncated, .noVideo: self.init(.permanent, failure.message)
    case .unreadable, .timedOut, .internalError, .cancelled: self.init(.retry, failure.message)
    case .crashed: self.init(.retryOnce, failure.message)
    case .outputUnwritable, .diskFull: self.init(.wait(Self.outsideWait), failure.message)
    }
    isDiskFull = failure.kind == .diskFull
  }

  init(_ error: PublishingError) {
    switch error.code {
    case .readOnly where ServiceNotifier.isMainProcess:
      self.init(.wait(Self.outsideWait), "\(error.message) \(Self.writePaths)")
    case .diskFull, .notAllowed, .readOnly: self.init(.wait(Self.outsideWait), error.message)
    case .other: self.init(.retry, error.message)
    }
    isDiskFull = error.code == .diskFull
  }

  init(_ error: any Error) {
    switch error {
    case let failure as StepFailure: self = failure
    case let failure as MediaFailure: self.init(failure)
    case let failure as PublishingError: self.init(failure)
    case _ where StoreFault(error) == .diskRefuses:
      self.init(.wait(Self.outsideWait), "the disk of the store takes nothing more: \(error)")
    default: self.init(.retry, "\(error)")
    }
  }
}
