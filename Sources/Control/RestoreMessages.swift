/// Which deleted clips are to come back.
package struct RestoreRequest: Sendable, Codable, Equatable {
  package var episode: EpisodeChoice
  /// Numbers, as `explain` shows them, or names of files; none for all that were deleted.
  package var clips: [String]

  package init(episode: EpisodeChoice, clips: [String]) {
    self.episode = episode
    self.clips = clips
  }
}
