import Expressions
import Store

/// A provider: what it does now, and what its day has taken.
struct ProviderStanding: Sendable {
  let lane: PoolLane
  let snapshot: LaneSnapshot
  /// Why nothing is asked at the moment, in words; nil when it is open.
  let closed: String?
  let today: DaySpending

  /// What answers, with its version.
  var identity: String { "\(lane.extractor.identity.name) \(lane.extractor.identity.version)" }

  /// Of each, in the order in which they are tried.
  static func all(of pool: ExtractionPool, _ store: EpisodeStore) async throws -> [Self] {
    let now = EpisodeSteps.now
    var standings: [Self] = []
    for (lane, snapshot) in zip(pool.lanes, await pool.snapshot()) {
      var today = DaySpending()
      if let day = lane.day?.current(at: now).name {
        today = try await store.spending(of: lane.name, day: day)
      }
      standings.append(
        Self(
          lane: lane, snapshot: snapshot, closed: await pool.closure(of: snapshot), today: today))
    }
    return standings
  }
}
