import Expressions
import Logging
import Store

extension EpisodeSteps {
  /// Decides what the batches that are all in by now leave to decide.
  func group(_ episode: EpisodeRecord) async throws {
    board.post(episode.id, "choosing clips", fraction: 0.62)
    let transcript = try await sourceTranscript(of: episode).transcript
    try await decide(episode, try await chooser(of: episode, transcript), isLast: true)
  }

  /// One round of choosing: grounds the candidates that there are, decides the slices that are final, and records a
  /// clip to be cut for each new group.
  func decide(_ episode: EpisodeRecord, _ chooser: Chooser, isLast: Bool) async throws {
    while true {
      let now = Self.now
      let batches = try await store.batchStandings(of: episode.id)
      let settled = try await store.settledCue(of: episode.id)
      guard isLast || chooser.canDecide(batches, settledThrough: settled, now: now) else { return }
      let candidates = try await store.candidates(of: episode.id)
      let decision = chooser.decide(
        candidates, clips: try await store.clips(of: episode.id), batches,
        settledThrough: settled, now: now)
      // The extraction and an early look may decide at once; the later one looks again.
      guard
        try await store.record(
          decision, of: episode.id, series: series(of: episode), isLast: isLast, now: now)
      else { continue }
      let added = decision.outcome.added
      logger.info(
        "clips chosen",
        metadata: [
          "candidates": "\(candidates.count)",
          "dropped": "\(decision.dropped.values.reduce(0, +))", "clips": "\(added.count)",
          "expressions": "\(added.map(\.expressions.count).reduce(0, +))",
          "through_cue": "\(decision.outcome.settledThrough)",
        ])
      return
    }
  }
}
