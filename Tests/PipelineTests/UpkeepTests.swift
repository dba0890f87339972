import Expressions
import Foundation
import Store
import Testing

@testable import Pipeline

@Suite struct UpkeepTests {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Berlin") ?? .gmt
    return calendar
  }()

  private func isDue(_ last: String?, _ now: String) throws -> Bool {
    UpkeepService.isDue(
      last: try last.map { try Date($0, strategy: .iso8601) },
      now: try Date(now, strategy: .iso8601), calendar: Self.calendar)
  }

  /// At 3 o'clock of the place, in winter 02:00 UTC.
  @Test func aCopyIsDueOnceANight() throws {
    #expect(try !isDue("2026-01-10T02:00:30Z", "2026-01-10T12:00:00Z"))
    #expect(try !isDue("2026-01-10T02:00:30Z", "2026-01-11T01:59:00Z"))
    #expect(try isDue("2026-01-10T02:00:30Z", "2026-01-11T02:00:00Z"))
    // A machine that was off for days makes one.
    #expect(try isDue("2026-01-01T02:00:30Z", "2026-01-11T12:00:00Z"))
    // A new store is copied in its first night.
    #expect(try isDue(nil, "2026-01-10T12:00:00Z"))
    // The night in which the hour from 2 to 3 is left out, and the one in which it comes twice.
    #expect(try isDue("2026-03-28T02:00:30Z", "2026-03-29T01:00:00Z"))
    #expect(try isDue("2026-10-24T01:00:30Z", "2026-10-25T02:00:00Z"))
    #expect(try !isDue("2026-10-25T02:00:30Z", "2026-10-25T20:00:00Z"))
  }

  @Test func waitsVaryAndEnd() {
    let policy = RetryPolicy(waits: [.seconds(10), .seconds(100)])
    for (attempt, random, wanted) in [(1, 0.0, 8.0), (1, 1, 12), (2, 0.5, 100)] {
      let wait = policy.wait(afterAttempt: attempt, random: random)?.seconds
      #expect(wait.map { abs($0 - wanted) < 0.001 } == true)
    }
    #expect(policy.wait(afterAttempt: 3, random: 0.5) == nil)
  }

  @Test func theGateTellsWhatIsStopped() {
    let gate = WorkGate(pause: WorkPause(since: [.backlog: 5]))
    #expect(gate.origins == [.request, .news])
    #expect(gate.report != nil)
    gate.pause = WorkPause()
    #expect(gate.report == nil)
    gate.standstill = WorkGate.Standstill(reason: "full", until: 9)
    #expect(gate.report != nil)
    #expect(gate.origins == EpisodeOrigin.allCases)
  }
}
