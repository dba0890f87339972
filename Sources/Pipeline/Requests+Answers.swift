import Control
import Expressions
import LanguageModels
import Store

extension Requests {
  func answers(_ request: AnswersRequest) async throws -> AnswersReport {
    switch request {
    case .summary:
      return AnswersReport(kinds: try await store.answerSummary().map(AnswersReport.Kind.init))
    case .list(let limit):
      let answers = try await store.answers(limit: limit, matching: AnswerFilter())
      return AnswersReport(entries: answers.map { .init($0, rawText: nil) })
    case .show(let key):
      guard let answer = try await store.answer(byKeyPrefix: key) else {
        throw ControlError(message: "no answer is kept under a key that begins with \(key)")
      }
      return AnswersReport(entries: [.init(answer, rawText: answer.rawText)])
    case .prune(let olderThan, let extractor, let includesUsed, let isConfirmed):
      let filter = AnswerFilter(
        unusedOnly: !includesUsed, olderThan: olderThan, extractor: extractor)
      let (count, bytes) = try await store.prune(filter, dryRun: !isConfirmed)
      return AnswersReport(pruned: count, prunedBytes: bytes)
    }
  }

  /// Asks each provider of the configuration once, side by side; the lexicon needs no check here.
  func checkProviders() async -> [ProviderCheckResult] {
    await withTaskGroup(of: (Int, ProviderCheckResult).self) { group in
      for (index, lane) in workshop.steps.pool.lanes.enumerated() {
        guard let extractor = lane.extractor as? LanguageModelExtractor else { continue }
        group.addTask { (index, await check(lane, extractor)) }
      }
      var results: [(Int, ProviderCheckResult)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func check(
    _ lane: PoolLane, _ extractor: LanguageModelExtractor
  ) async -> ProviderCheckResult {
    let identity = "\(extractor.identity.name) \(extractor.identity.version)"
    do {
      let report = try await workshop.steps.pool.check(lane, extractor)
      return ProviderCheckResult(
        name: lane.name, identity: identity, succeeded: true, schemaMode: report.schemaMode,
        model: report.model, latencyS: report.latency.seconds, inputTokens: report.usage.input,
        outputTokens: report.usage.output, costUsd: lane.limits.price.cost(of: report.usage),
        learned: report.learned)
    } catch {
      return ProviderCheckResult(
        name: lane.name, identity: identity, succeeded: false, failure: "\(error)")
    }
  }
}

extension AnswersReport.Kind {
  init(_ summary: AnswerSummary) {
    self.init(
      extractor: summary.extractor, model: summary.model, count: summary.count,
      unused: summary.unused, inputTokens: summary.input, outputTokens: summary.output,
      costUsd: summary.costUSD, bytes: Int64(summary.rawBytes), oldestAt: summary.oldest,
      newestAt: summary.newest)
  }
}

extension AnswersReport.Entry {
  init(_ answer: KeptAnswer, rawText: String?) {
    self.init(
      key: answer.contentKey, extractor: answer.extractor, model: answer.model,
      candidates: answer.answer.candidates.count, inputTokens: answer.usage.input,
      outputTokens: answer.usage.output, costUsd: answer.costUSD,
      latencyS: answer.latency.seconds, createdAt: answer.createdAt, rawText: rawText)
  }
}
