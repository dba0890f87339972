import Expressions
import Logging
import Settings
import Store
import Subtitles

extension EpisodeSteps {
  /// Grounds the candidates, groups them, and records one clip to be cut for each group.
  func group(_ episode: EpisodeRecord) async throws {
    board.post(episode.id, "choosing clips", fraction: 0.62)
    let transcript = try await sourceTranscript(of: episode).transcript
    let candidates = try await store.candidates(of: episode.id)
    let grounding = Grounding(transcript: transcript)
    var grounded: [Expression] = []
    var dropped: [Grounding.Rejection: Int] = [:]
    for candidate in candidates {
      switch grounding.ground(candidate) {
      case .success(let expression): grounded.append(expression)
      case .failure(let error): dropped[error.rejection, default: 0] += 1
      }
    }
    let groups = Grouping(transcript: transcript, limits: settings.selection.groupingLimits)
      .groups(of: grounded)
    try await store.recordGroups(groups, dropped: dropped, of: episode.id, now: Self.now)
    logger.info(
      "clips chosen",
      metadata: [
        "candidates": "\(candidates.count)", "dropped": "\(dropped.values.reduce(0, +))",
        "clips": "\(groups.count)",
        "expressions": "\(groups.map(\.expressions.count).reduce(0, +))",
      ])
  }
}

extension SelectionSettings {
  var groupingLimits: GroupingLimits {
    GroupingLimits(
      groups: clips, expressionsPerGroup: expressionsPerClip,
      contextMinimum: MediaTime(contextMinimum), contextMaximum: MediaTime(contextMaximum))
  }
}

extension MediaTime {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }
}
