import Expressions
import Foundation
import Media
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// The manifest of an episode's clips.
  func manifest(
    _ episode: EpisodeRecord, _ path: FilePath, _ source: StoredTranscript,
    _ target: StoredTranscript?, _ plan: ClipPlan, _ shelf: Shelf, _ reel: Manifest.Reel?
  ) async throws -> Manifest {
    let probe = try probeResult(of: episode)
    let counts = try await store.batchCounts(of: episode.id)
    return Manifest(
      extractor: try await extractor(of: episode),
      generator: .init(name: "langflix", version: ProgramVersion.current),
      madeAt: Date.now.formatted(.iso8601),
      episode: .init(
        name: path.stem ?? "", file: path.lastComponent?.string ?? "",
        fingerprint: probe.fingerprint, sizeBytes: probe.sizeBytes,
        durationS: Manifest.seconds(probe.duration),
        subtitles: [source, target].compactMap { $0 }.map {
          .init(language: $0.transcript.language, origin: $0.origin)
        }),
      languages: .init(
        source: source.transcript.language, target: languages(of: episode).target),
      groups: shelf.groups, transcript: plan.source, translations: plan.translations,
      clips: shelf.results, former: shelf.former,
      dropped: try await store.droppedCandidates(of: episode.id),
      failedBatches: counts.failed, pendingBatches: counts.pending, reel: reel,
      decidedThroughCue: try await store.settledCue(of: episode.id),
      batches: try await store.batchRecords(of: episode.id).map(Manifest.BatchEntry.init))
  }

  /// Who answered; several where a provider of the list stood in for another.
  private func extractor(of episode: EpisodeRecord) async throws -> Manifest.Generator {
    let extractors = try await store.extractors(of: episode.id).map {
      $0.split(separator: " ", maxSplits: 1)
    }
    return .init(
      name: extractors.compactMap(\.first).joined(separator: ", "),
      version: extractors.compactMap { $0.dropFirst().first }.joined(separator: ", "))
  }
}

extension Manifest.BatchEntry {
  init(_ record: BatchRecord) {
    self.init(
      number: record.batch.number, firstCue: record.batch.firstCue,
      lastCue: record.batch.lastCue, leadInCues: record.batch.leadIn.count,
      state: record.state.rawValue, reason: record.reason, contentKey: record.contentKey,
      shift: record.shift,
      answer: record.answer.map {
        AnswerEntry(
          extractor: $0.extractor, model: $0.model, inputTokens: $0.usage.input,
          outputTokens: $0.usage.output, costUsd: $0.costUSD, createdAt: $0.createdAt,
          content: $0.answer)
      })
  }
}
