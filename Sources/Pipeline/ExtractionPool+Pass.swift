import Expressions
import Foundation

extension ExtractionPool {
  /// Returns once this actor has had its turn and called `body`.
  func pass(_ body: @Sendable () -> Void = {}) { body() }

  /// Requests in flight on all lanes.
  var inFlight: Int { snapshot().map(\.inFlight).reduce(0, +) }

  /// Why lanes take nothing right now, in the few words of a line of status.
  func shortClosures() -> [String] {
    zip(lanes, snapshot()).compactMap { lane, snapshot in
      shortClosure(of: snapshot, named: lane.name.prefix { $0 != "/" })
    }
  }

  private func shortClosure(of lane: LaneSnapshot, named name: Substring) -> String? {
    if lane.stoppedReason != nil { return "\(name) refuses: see langflix status" }
    if lane.isDaySpent {
      return "\(name) has used up its day"
        + (lane.dayEnds.map { ", waits until \(time($0))" } ?? "")
    }
    if case .open(let until) = lane.breaker {
      return "\(name) fails, tried again at \(time(until))"
    }
    return lane.gateUntil.map { "\(name) waits until \(time($0))" }
  }

  /// The time of day where the daemon runs.
  private func time(_ time: Duration) -> String {
    Date(timeIntervalSince1970: wallTime(of: time))
      .formatted(
        Date.VerbatimFormatStyle(
          format:
            "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
          locale: Locale(identifier: "en_GB"), timeZone: .current,
          calendar: Calendar(identifier: .gregorian)))
  }
}
