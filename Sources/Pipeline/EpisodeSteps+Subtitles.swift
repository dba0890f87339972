import Expressions
import Foundation
import Logging
import Settings
import Store
import Subtitles
import SystemPackage

// Subtitles that come after their episode, or change.
extension EpisodeSteps {
  /// Looks whether other subtitles would be chosen for an episode now, or others are in the same file. Nothing is
  /// asked: batches that an unfinished episode lacks are its next step's, and what is published is only cut anew.
  func lookAtSubtitles(_ episode: EpisodeRecord) async throws {
    guard let path = episode.path,
      let source = try await store.transcript(of: episode.id, role: "source")
    else { return }
    let target = try await store.transcript(of: episode.id, role: "target")
    let shelf = try await subtitleShelf(of: episode)
    try expectSettled(shelf, of: episode)
    let choice = try await subtitleChooser(of: episode, path).choose(
      from: shelf, known: (source, target))
    for problem in choice.problems {
      logger.warning("subtitles left out", metadata: ["reason": "\(problem)"])
    }
    // What was read is kept when its file goes.
    guard let chosen = choice.source?.stored else { return }
    // So is a translation, if its times fit the new cues.
    let chosenTarget =
      choice.target?.stored
      ?? (chosen.transcript == source.transcript ? target : Self.fitted(target, to: chosen))
    guard chosen.stamp != source.stamp || chosenTarget?.stamp != target?.stamp else { return }
    guard
      chosen.transcript != source.transcript
        || chosenTarget?.transcript != target?.transcript
    else {
      return try await store.recordStamps(of: episode.id, source: chosen, target: chosenTarget)
    }
    let clips = try await store.clips(of: episode.id)
    let isPublished =
      episode.state == .done
      || episode.state == .cutting && clips.contains { $0.publishedAt != nil }
    guard isPublished else {
      logger.notice("subtitles have changed", metadata: ["from": "\(chosen.origin)"])
      return try await store.record(.subtitlesChanged, of: episode.id, now: Self.now)
    }
    try await resubtitle(episode, from: source, to: chosen, chosenTarget)
  }

  /// Gives an episode that is done other cues: what was chosen is found in them again, and its clips are cut anew.
  private func resubtitle(
    _ episode: EpisodeRecord, from former: StoredTranscript, to source: StoredTranscript,
    _ target: StoredTranscript?
  ) async throws {
    await knownClips.look(unlessDoneWithin: .zero)
    let clips = try await store.clips(of: episode.id)
    guard !clips.isEmpty else {
      // It was done without a clip; whether other subtitles would give one is for a person to ask.
      return try await store.note(
        """
        its subtitles have changed since nothing was found in them: for clips from the new ones, langflix retry \
        --reask --episode \(episode.id)
        """, of: episode.id, now: Self.now)
    }
    let regrounding = Regrounding(from: former.transcript, to: source.transcript)
    let outcome = regrounding.regrounded(clips.map(\.group))
    guard outcome.isCredible else {
      let reason = """
        \(source.origin) holds only \(outcome.expressions - outcome.lost) of the \(outcome.expressions) expressions of \
        its clips, so the clips stay as they are: if it is the right file, langflix retry --reask --episode \
        \(episode.id) makes others
        """
      logger.warning("other subtitles not taken", metadata: ["reason": "\(reason)"])
      return try await store.note(reason, of: episode.id, now: Self.now)
    }
    var target = target
    if target == nil {
      target = try await translations(
        of: episode, former.transcript, source.transcript, regrounding.mapping)
    }
    try await store.recordResubtitled(
      of: episode.id, source: source, target: target,
      batches: try await movedBatches(of: episode, source.transcript, regrounding.mapping, target),
      moved: MovedSelection(groups: outcome.groups, settledThrough: Self.everyCue), now: Self.now)
    logger.notice(
      "subtitles have changed; clips are cut anew",
      metadata: [
        "from": "\(source.origin)", "clips": "\(outcome.groups.count)",
        "expressions_lost": "\(outcome.lost)",
      ])
  }

  private static func fitted(
    _ target: StoredTranscript?, to source: StoredTranscript
  ) -> StoredTranscript? {
    guard var target,
      case .aligned(let alignment) = TranscriptAlignment.estimate(
        of: target.transcript, to: source.transcript)
    else { return nil }
    target.transcript = alignment.applied(to: target.transcript)
    return target
  }

  /// What the extractor translated, under the same lines as before; nothing for lines that are others now.
  func translations(
    of episode: EpisodeRecord, _ former: Transcript, _ transcript: Transcript,
    _ mapping: CueMapping
  ) async throws -> StoredTranscript? {
    guard let old = try await targetTranscript(of: episode, former), old.stamp == nil else {
      return nil
    }
    let cues = old.transcript.cues.compactMap { translation -> Cue? in
      let spoken = former.cues.first { $0.start == translation.start && $0.end == translation.end }
      guard let spoken, let place = mapping.cues(at: spoken.number...spoken.number),
        place.count == 1, let now = transcript[number: place.lowerBound],
        CueMapping.isSameText(spoken, now)
      else { return nil }
      return Cue(number: now.number, start: now.start, end: now.end, text: translation.text)
    }
    guard !cues.isEmpty else { return nil }
    return StoredTranscript(
      transcript: Transcript(language: old.transcript.language, cues: cues), origin: old.origin)
  }

  /// Beyond the last cue of any transcript.
  private static let everyCue = Int(Int32.max)

  /// All batches of an episode with their cues as they are in another transcript.
  func movedBatches(
    of episode: EpisodeRecord, _ transcript: Transcript, _ mapping: CueMapping,
    _ target: StoredTranscript?
  ) async throws -> [StoredBatch] {
    let request = request(for: episode, hasTarget: target != nil)
    let identity = plannedIdentity(request)
    var free = 1
    var moved: [StoredBatch] = []
    for stored in try await store.batches(of: episode.id) {
      let batch = stored.batch
      guard batch.firstCue <= batch.lastCue, batch.firstCue > 0,
        let place = mapping.cues(at: batch.firstCue...batch.lastCue)
      else { continue }
      let first = min(max(place.lowerBound, free), transcript.cues.count)
      let last = max(first, place.upperBound)
      free = last + 1
      let leadIn = max(1, first - settings.extraction.leadInCues)
      let new = Batch(
        number: batch.number, leadIn: Array(transcript.cues[(leadIn - 1)..<(first - 1)]),
        cues: Array(transcript.cues[(first - 1)..<last]))
      moved.append(
        StoredBatch(
          pending: PendingBatch(
            batch: new,
            contentKey: try ContentKey.key(for: new, request: request, extractor: identity)),
          isAnswered: stored.isAnswered))
    }
    return moved
  }

  /// What was chosen and is published already, in another transcript; nil where nothing is, so that all may be
  /// chosen anew.
  func movedSelection(
    of episode: EpisodeRecord, from former: Transcript, to transcript: Transcript
  ) async throws -> MovedSelection? {
    let clips = try await store.clips(of: episode.id)
    guard clips.contains(where: { $0.publishedAt != nil }) else { return nil }
    let regrounding = Regrounding(from: former, to: transcript)
    let settled = min(try await store.settledCue(of: episode.id), former.cues.count)
    let place = settled > 0 ? regrounding.mapping.cues(at: settled...settled) : nil
    let groups = regrounding.regrounded(clips.map(\.group)).groups
    return MovedSelection(
      groups: groups,
      settledThrough: max(place?.upperBound ?? 0, groups.values.map(\.context.lastCue).max() ?? 0))
  }
}
