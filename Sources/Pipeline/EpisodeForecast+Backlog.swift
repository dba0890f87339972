import Control
import Expressions
import Settings

extension EpisodeForecast {
  /// An episode's usual length, its lines and a clip's length, where nothing was probed yet.
  private static let usualSeconds = 2_700.0
  private static let usualCues = 600
  private static let usualClipSeconds = 15.0

  /// What a provider would be asked for episodes of which nothing is known but their number.
  /// - Parameter bytes: of all of them.
  static func backlog(
    of episodes: Int, bytes: Int64, askedOf lane: PoolLane, settings: LangflixSettings
  ) -> StatusReport.BacklogReport {
    let share = min(1, Double(lane.clips(by: settings)) * usualClipSeconds / usualSeconds)
    let (requests, cost) = lane.isCounted ? usual(lane) : (0, 0)
    let all = (requests: episodes * requests, costUSD: Double(episodes) * cost)
    return .init(
      episodes: episodes, sourceBytes: bytes, requests: all.requests, costUsd: all.costUSD,
      days: Requests.days(all.requests, all.costUSD, lane.limits),
      clipBytes: Int64(Double(bytes) * copies(settings.clip) * share))
  }

  private static func usual(_ lane: PoolLane) -> (requests: Int, costUSD: Double) {
    let batches = lane.plan.batches(of: guessedTranscript(cues: usualCues, language: "en"))
    let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: "en")
    let cost = batches.map {
      lane.limits.price.cost(of: lane.extractor.estimate(of: $0, for: request))
    }
    return (batches.count, cost.reduce(0, +))
  }
}
