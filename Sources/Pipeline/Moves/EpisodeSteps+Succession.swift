import Expressions
import Library
import Logging
import Settings
import Store
import Subtitles
import SystemPackage

// A better file of an episode that is known: what was found in its dialogue is found again, and its clips are cut anew.
extension EpisodeSteps {
  /// Hands a new file over to the episode that it is a better file of.
  /// - Returns: whether there is one; then the file's own row is gone.
  func handOver(
    _ episode: EpisodeRecord, _ path: FilePath, _ transcript: Transcript
  ) async throws -> Bool {
    guard episode.folder == nil, try await store.batches(of: episode.id).isEmpty,
      try await store.clips(of: episode.id).isEmpty,
      let known = try await predecessor(of: episode, transcript)
    else { return false }
    for location in known.locations where !location.isMissing {
      try await store.markVanished(location.path)
    }
    guard !isExtracting(known.id) else {
      // It ends by itself; what was asked is paid for and waited for.
      throw StepFailure(.wait(.seconds(2)), "the work on the file before it is being ended")
    }
    // What a person has done with the clips so far counts.
    await knownClips.look(unlessDoneWithin: .zero)
    try await store.recordSuccession(of: known.id, by: episode.id, now: Self.now)
    board.clear(known.id)
    logger.notice(
      "a better file of a known episode", metadata: ["known": "\(known.id)", "path": "\(path)"])
    return true
  }

  private func predecessor(
    of episode: EpisodeRecord, _ transcript: Transcript
  ) async throws -> Predecessor? {
    let paths = try await store.locations(of: episode.id)
    let others = try await gone(
      try await store.predecessors(of: episode.id, at: paths, limit: Self.mostCompared))
    if let owner = others.first(where: \.hadThePath) { return owner }
    let numbers = paths.compactMap { path in
      NamedEpisode(path: path).map { (folder: path.removingLastComponent(), number: $0) }
    }
    for other in others {
      let isSame = other.locations.contains { location in
        guard let number = NamedEpisode(path: location.path) else { return false }
        return numbers.contains {
          $0.folder == location.path.removingLastComponent() && $0.number.isSame(as: number)
        }
      }
      if isSame { return other }
    }
    for other in others {
      let former = try await store.transcript(of: other.id, role: "source")?.transcript
      guard let former, former.language == transcript.language else { continue }
      if DialogueLikeness.share(former, transcript) >= DialogueLikeness.same { return other }
    }
    return nil
  }

  /// Those whose file is at none of their places.
  private func gone(_ others: [Predecessor]) async throws -> [Predecessor] {
    let roots = Dictionary(
      settings.libraries.map { ($0.name, $0.root) }, uniquingKeysWith: { first, _ in first })
    return try await disk.run {
      others.filter { other in
        other.locations.allSatisfy {
          $0.isMissing || FilePresence.of($0.path, inLibrary: roots[$0.library]) == .gone
        }
      }
    }
  }

  /// So many of the files that are gone are compared with a new one.
  private static let mostCompared = 50

  /// Takes over all that was answered for the file before, where most of what was found is in the new dialogue, too.
  /// - Returns: whether it was; else what has changed is asked.
  func reuse(
    of episode: EpisodeRecord, in source: StoredTranscript, _ target: StoredTranscript?
  ) async throws -> Bool {
    guard episode.formerFingerprint != nil,
      let former = try await store.transcript(of: episode.id, role: "source")?.transcript,
      former.language == source.transcript.language
    else { return false }
    let regrounding = Regrounding(from: former, to: source.transcript)
    let stored = try await store.batches(of: episode.id)
    let moved = try await movedBatches(of: episode, source.transcript, regrounding.mapping, target)
    let selection = try await movedSelection(of: episode, from: former, to: source.transcript)
    let candidates = try await store.candidates(of: episode.id)
    let grounding = Grounding(transcript: former)
    let (held, all) =
      selection != nil
      ? regrounding.holding(candidates, of: grounding)
      : Regrounding.holding(
        candidates, of: grounding, in: Grounding(transcript: source.transcript),
        shifted: Self.shifts(from: stored, to: moved))
    let isEnough =
      all > 0
      ? Double(held) >= Double(all) * Self.enough
      : DialogueLikeness.share(former, source.transcript) >= DialogueLikeness.same
    logger.notice(
      isEnough ? "what was found is taken over" : "the dialogue has changed",
      metadata: ["expressions": "\(all)", "held": "\(held)"])
    guard isEnough else { return false }
    try await store.recordTranscripts(
      of: episode.id, source: source, target: target,
      kept: moved.filter(\.isAnswered).map(\.batch),
      batches: moved.filter { !$0.isAnswered }.map(\.pending), moved: selection, now: Self.now)
    return true
  }

  /// Of the expressions that were found, so many must be in the new dialogue for nothing to be asked.
  private static let enough = 0.8

  /// How much later the cues of each batch come, by the cues that it had.
  private static func shifts(
    from old: [StoredBatch], to new: [StoredBatch]
  ) -> [(cues: ClosedRange<Int>, by: Int)] {
    let places = Dictionary(
      new.map { ($0.batch.number, $0.batch.firstCue) }, uniquingKeysWith: { first, _ in first })
    return old.compactMap { stored in
      let batch = stored.batch
      guard batch.firstCue <= batch.lastCue, let place = places[batch.number] else { return nil }
      return (batch.firstCue...batch.lastCue, place - batch.firstCue)
    }
  }
}
