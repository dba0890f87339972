import Expressions

/// Season and episode, where an episode's name tells them.
struct EpisodeNumber: Hashable, Sendable {
  var season: Int
  var episode: Int

  /// - Parameter hint: with an episode such as "S01E03" or "1X03".
  init?(_ hint: EpisodeHint) {
    guard let match = hint.episode?.wholeMatch(of: /S?(\d{1,2})\s?[EX](\d{1,3})/),
      let season = Int(match.1), let episode = Int(match.2)
    else { return nil }
    self.season = season
    self.episode = episode
  }
}
