import Expressions
import Foundation
import Logging

// What the pool's decisions are called, in the log, in `status` and in an episode's reason.
extension ExtractionPool {
  func error(of refusal: PoolRefusal) -> any Error {
    if refusal.reason == .drained { return Drained() }
    let until = refusal.until.map { wallTime(of: $0) }
    let name = refusal.lane.map { lanes[$0].name } ?? "no provider"
    let detail = refusal.text.map { ": \($0)" } ?? ""
    let goesOn = until.map { "; goes on at \(Self.time($0))" } ?? ""
    let reason =
      switch refusal.reason {
      case .stopped:
        "\(name) refuses\(detail); \(Self.mend)"
      case .daySpent:
        "\(name): \(refusal.lane.map { dayText($0) } ?? "its day is used up")\(goesOn)"
      case .breakerOpen:
        "\(name) fails\(detail)\(goesOn)"
      case .gated:
        "\(name) asked to wait\(detail)\(goesOn)"
      case .tooDear:
        """
        \(name): one request would cost more than providers.….usd_per_day allows for a whole day; raise it or \
        lower batch_cues
        """
      case .noLane: "no provider knows this language"
      case .drained: ""
      }
    return Closed(until: until, reason: reason)
  }

  /// Why a lane takes nothing right now; nil when it does.
  func closure(of lane: LaneSnapshot) -> String? {
    let detail = lane.lastFailure.map { ": \($0)" } ?? ""
    if let reason = lane.stoppedReason {
      return "refused: \(reason); \(Self.mend)"
    }
    if isDaySpent(lane) {
      let until = lane.dayEnds.map { "; goes on at \(Self.time(wallTime(of: $0)))" } ?? ""
      return "\(dayText(lane))\(until)"
    }
    if case .open(let until) = lane.breaker {
      return "it fails, tried again at \(Self.time(wallTime(of: until)))\(detail)"
    }
    if let until = lane.gateUntil {
      return "asked to wait until \(Self.time(wallTime(of: until)))\(detail)"
    }
    return nil
  }

  /// A credential is systemd's, which hands it over at the start only.
  static let mend = """
    it is tried again every 15 minutes; after a change of key or settings: langflix reload (of a \
    credential: a restart), else: langflix retry
    """

  /// Also when only what costs nothing could still be asked.
  private func isDaySpent(_ lane: LaneSnapshot) -> Bool {
    lane.isDaySpent || lane.dayUSDLimit.map { lane.dayUSD >= $0 * 0.999 } ?? false
  }

  private func dayText(_ index: Int) -> String { dayText(snapshot()[index]) }

  /// Which limit closed the day.
  private func dayText(_ lane: LaneSnapshot) -> String {
    if let limit = lane.dayRequestLimit, lane.dayRequests >= limit {
      return "\(lane.dayRequests) of its \(limit) requests a day are used up"
    }
    if let limit = lane.dayUSDLimit, limit > 0, !lane.isDaySpent || lane.dayUSD >= limit * 0.9 {
      let spent = (lane.dayUSD * 10_000).rounded() / 10_000
      return "\(spent) of the \(limit) USD of usd_per_day are used up"
    }
    return "its day is used up\(lane.lastFailure.map { ": \($0)" } ?? "")"
  }

  /// One line when a lane closes or opens, none for each request.
  func log(changesSince before: [LaneSnapshot]) {
    for (index, (old, new)) in zip(before, snapshot()).enumerated() {
      let name = lanes[index].name
      switch (Self.isOpen(old), Self.isOpen(new)) {
      case (true, false):
        logger.warning(
          "provider closed",
          metadata: ["provider": "\(name)", "reason": "\(closure(of: new) ?? "")"])
      case (false, true): logger.notice("provider open again", metadata: ["provider": "\(name)"])
      case (true, true), (false, false): break
      }
      if new.limit < old.limit {
        logger.notice(
          "provider asked for less at once",
          metadata: ["provider": "\(name)", "limit": "\(new.limit)"])
      }
    }
  }

  /// A gate closes and opens too often to be told.
  static func isOpen(_ lane: LaneSnapshot) -> Bool {
    guard case .closed = lane.breaker else { return false }
    return lane.stoppedReason == nil && !lane.isDaySpent
  }

  static func time(_ seconds: Double) -> String {
    let date = Date(timeIntervalSince1970: seconds)
    return date.formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
  }

  /// The time of day where the daemon runs.
  static func clock(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds)
      .formatted(
        Date.VerbatimFormatStyle(
          format:
            "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
          locale: Locale(identifier: "en_GB"), timeZone: .current,
          calendar: Calendar(identifier: .gregorian)))
  }
}
