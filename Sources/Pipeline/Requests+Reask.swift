import Control
import Expressions
import Foundation
import Settings
import Store

extension Requests {
  /// Has done episodes asked anew under the present settings; answers that are kept under them cost nothing.
  /// - Parameter choices: only these episodes; none for all that are done or have failed.
  func reask(_ choices: [EpisodeChoice], isConfirmed: Bool) async throws -> ReaskReport {
    let known = Set(try await store.idsToReask())
    let chosen = try await self.ids(of: choices)
    let ids = chosen ?? known.sorted()
    if let id = chosen?.first(where: { !known.contains($0) }) {
      throw ControlError(
        message: """
          episode \(id) can't be asked anew: it is in work, gone, or its subtitles were never read; \
          langflix status shows the episodes
          """)
    }
    var report = ReaskReport(
      episodes: ids.count, provider: workshop.steps.pool.lanes[0].name, requests: 0,
      inputTokens: 0, outputTokens: 0, costUsd: 0, days: 0)
    for id in ids {
      try Task.checkCancellation()
      // One transcript at a time in memory.
      for episode in try await store.episodesToReask(ids: [id]) {
        try await add(episode, to: &report)
      }
    }
    let daily = workshop.steps.pool.lanes[0].limits
    report.days = Self.days(report.requests, report.costUsd, daily)
    guard isConfirmed else { return report }
    report.episodes = try await store.reask(
      ids: ids, now: EpisodeSteps.now)
    await workshop.steps.pool.reopen()
    doorbell.ring()
    return report
  }

  private func add(_ episode: ReaskEpisode, to report: inout ReaskReport) async throws {
    let steps = workshop.steps
    let request = steps.request(for: episode.record, hasTarget: episode.hasTarget)
    guard let first = steps.pool.lanes(for: request.sourceLanguage).first else { return }
    let lane = steps.pool.lanes[first]
    let batches = try steps.batches(of: episode.source.transcript, for: request)
    // The lexicon costs nothing and is no request to anybody.
    guard lane.day != nil else { return }
    let kept = try await store.keptKeys(among: batches.map(\.contentKey))
    var wanted = batches.filter { !kept.contains($0.contentKey) }
    while let batch = wanted.popLast() {
      if try await store.isTooBig(batch.contentKey),
        let (first, second) = batch.batch.halves(
          numbered: (0, 0), leadInCues: workshop.settings.extraction.leadInCues)
      {
        let halves = try [first, second].map {
          PendingBatch(
            batch: $0,
            contentKey: try ContentKey.key(
              for: $0, request: request, extractor: lane.extractor.identity))
        }
        let kept = try await store.keptKeys(among: halves.map(\.contentKey))
        wanted += halves.filter { !kept.contains($0.contentKey) }
        continue
      }
      let usage = lane.extractor.estimate(of: batch.batch, for: request)
      report.requests += 1
      report.inputTokens += usage.input
      report.outputTokens += usage.output
      report.costUsd += lane.limits.price.cost(of: usage)
    }
  }
}
