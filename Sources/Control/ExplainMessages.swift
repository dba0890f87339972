/// Which episode is to be explained.
package enum EpisodeChoice: Sendable, Codable, Equatable {
  /// By the number that `status` shows.
  case number(Int64)
  /// By the place of its file, as raw path bytes in base64.
  case file(String)
}

/// Why an episode has the clips that it has.
package struct ExplainReport: Sendable, Codable, Equatable {
  package struct Clip: Sendable, Codable, Equatable {
    package var number: Int
    /// "pending", "published" or "failed"; "known" or "deleted" where a person has done that.
    package var state: String
    package var file: String?
    package var firstCue: Int
    package var lastCue: Int
    /// On the episode's clock.
    package var startS: Double
    package var endS: Double

    package init(
      number: Int, state: String, file: String?, firstCue: Int, lastCue: Int, startS: Double,
      endS: Double
    ) {
      self.number = number
      self.state = state
      self.file = file
      self.firstCue = firstCue
      self.lastCue = lastCue
      self.startS = startS
      self.endS = endS
    }
  }
  package struct Expression: Sendable, Codable, Equatable {
    package var phrase: String
    package var dictionaryForm: String
    package var cue: Int
    /// "chosen", "also_here", "repeated", "known", "given_before", "lines_taken", "sentence_too_long" or "outranked".
    package var fate: String
    /// The clip that it is in, or that kept it out.
    package var clip: Int?
    package var total: Double
    package var usefulness: Double
    package var levelFit: Double
    package var rarity: Double
    package var spread: Double
    package var novelty: Double

    package init(
      phrase: String, dictionaryForm: String, cue: Int, fate: String, clip: Int?, total: Double,
      usefulness: Double, levelFit: Double, rarity: Double, spread: Double, novelty: Double
    ) {
      self.phrase = phrase
      self.dictionaryForm = dictionaryForm
      self.cue = cue
      self.fate = fate
      self.clip = clip
      self.total = total
      self.usefulness = usefulness
      self.levelFit = levelFit
      self.rarity = rarity
      self.spread = spread
      self.novelty = novelty
    }
  }

  package var episode: EpisodeReport
  package var clips: [Clip]
  /// The best first.
  package var expressions: [Expression]
  /// Candidates that do not occur in the dialogue, by reason.
  package var dropped: [String: Int]

  package init(
    episode: EpisodeReport, clips: [Clip], expressions: [Expression], dropped: [String: Int]
  ) {
    self.episode = episode
    self.clips = clips
    self.expressions = expressions
    self.dropped = dropped
  }
}
