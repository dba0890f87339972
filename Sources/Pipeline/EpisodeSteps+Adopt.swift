import Expressions
import Foundation
import Logging
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Takes over what lies published beside an episode that this store knows nothing of: after its folder was lost, or
  /// when a library comes from another machine. Nothing is asked and nothing is cut; what a person deleted stays so.
  /// - Returns: whether the episode has gone on by it.
  func adopt(
    _ episode: EpisodeRecord, _ path: FilePath, _ source: StoredTranscript,
    _ target: StoredTranscript?
  ) async throws -> Bool {
    guard episode.folder == nil, let fingerprint = episode.fingerprint,
      try await store.batches(of: episode.id).isEmpty
    else { return false }
    let (layout, searchesAll) = (layout(of: episode, path), store.wasEmpty)
    let found = try await disk.run { () -> (ClipFolder, Manifest)? in
      let own = ClipFolder(forEpisode: path, fingerprint: fingerprint, layout: layout)
      // It may have been renamed while there was no store to tell.
      let other = searchesAll ? own.neighbour(publishing: fingerprint) : nil
      guard let folder = own.isPublished(fingerprint: fingerprint) ? own : other else { return nil }
      return folder.manifest.map { (folder, $0) }
    }
    guard let (folder, manifest) = found else { return false }
    guard
      let adoption = adoption(
        of: manifest, in: folder, source, target, series: series(of: episode))
    else {
      // Whatever of the dialogue is the same is not asked again.
      try await store.keep((manifest.batches ?? []).compactMap(KeptAnswer.init))
      logger.notice(
        "clips beside the episode not taken over: its subtitles are others now",
        metadata: ["folder": "\(folder.path)"])
      return false
    }
    guard try await store.adopt(adoption, by: episode.id, now: Self.now) else { return false }
    logger.notice(
      "clips beside the episode taken over",
      metadata: ["folder": "\(folder.path)", "clips": "\(adoption.clips.count)"])
    return true
  }

  /// Nil where the manifest is not of these cues.
  private func adoption(
    of manifest: Manifest, in folder: ClipFolder, _ source: StoredTranscript,
    _ target: StoredTranscript?, series: String?
  ) -> Adoption? {
    let transcript = source.transcript
    guard manifest.languages.source == transcript.language else { return nil }
    let groups = manifest.groups.compactMap { entry in
      entry.group(in: transcript).map { (entry, $0) }
    }
    let entries = manifest.batches ?? []
    let batches = entries.compactMap { BatchRecord($0, in: transcript) }
    guard groups.count == manifest.groups.count, batches.count == entries.count,
      Set(groups.map(\.1.id)).count == groups.count,
      Set(entries.map(\.number)).count == entries.count,
      manifest.pendingBatches == 0 || !entries.isEmpty
    else { return nil }
    let madeAt =
      (try? Date.ISO8601FormatStyle().parse(manifest.madeAt))?.timeIntervalSince1970 ?? Self.now
    return Adoption(
      folder: folder.path, source: source, target: target, batches: batches,
      clips: groups.map { ClipRecord($0.0, $0.1, madeAt: madeAt) }, dropped: manifest.dropped,
      settledCue: manifest.decidedThroughCue ?? transcript.cues.count, series: series)
  }
}

extension KeptAnswer {
  /// The answer that a manifest tells of.
  fileprivate init?(_ entry: Manifest.BatchEntry) {
    guard let answer = entry.answer else { return nil }
    self.init(
      contentKey: entry.contentKey, extractor: answer.extractor, model: answer.model,
      answer: answer.content,
      usage: TokenUsage(input: answer.inputTokens, output: answer.outputTokens),
      costUSD: answer.costUsd, createdAt: answer.createdAt)
  }
}

extension BatchRecord {
  fileprivate init?(_ entry: Manifest.BatchEntry, in transcript: Transcript) {
    guard 1 <= entry.firstCue, entry.firstCue <= entry.lastCue,
      entry.lastCue <= transcript.cues.count, let state = BatchStanding.State(rawValue: entry.state)
    else { return nil }
    let answer = KeptAnswer(entry)
    let first = entry.firstCue - 1
    self.init(
      batch: Batch(
        number: entry.number,
        leadIn: Array(
          transcript.cues[max(0, first - max(0, min(first, entry.leadInCues)))..<first]),
        cues: Array(transcript.cues[first..<entry.lastCue])),
      contentKey: entry.contentKey,
      state: state == .answered && answer == nil ? .pending : state, reason: entry.reason,
      shift: entry.shift, answer: answer)
  }
}

extension ClipRecord {
  fileprivate init(_ entry: Manifest.GroupEntry, _ group: Group, madeAt: Double) {
    let clip = entry.clip ?? entry.formerClip
    let facts = clip.flatMap { try? JSONEncoder().encode($0) }
    let state: State =
      switch entry.state {
      case "failed": .failed
      case "pending": .pending
      default: .published
      }
    self.init(
      group: group, state: state, file: clip?.file, reason: entry.failure ?? clip?.methodReason,
      facts: facts.map { String(decoding: $0, as: UTF8.self) },
      publishedAt: state == .published ? madeAt : nil,
      knownAt: entry.state == "known" ? madeAt : nil,
      goneAt: entry.state == "hidden" ? madeAt : nil)
  }
}
