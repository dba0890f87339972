/// What became of one grounded expression, for people who ask why.
package struct Verdict: Sendable, Hashable, Codable {
  package enum Fate: String, Sendable, Hashable, Codable {
    case chosen
    /// Beyond the limit of its clip, or found when the clip was made already.
    case alsoHere = "also_here"
    /// The same phrase is chosen elsewhere in the episode.
    case repeated
    case known
    /// Another episode of the series gave it a short while ago.
    case givenBefore = "given_before"
    /// Its sentence reaches into another clip that can't grow to hold it.
    case linesTaken = "lines_taken"
    /// Its sentence is longer than any clip.
    case sentenceTooLong = "sentence_too_long"
    /// Others were worth more.
    case outranked
  }

  package var phrase: String
  package var dictionaryForm: String
  package var firstCue: Int
  package var score: Score
  package var fate: Fate
  /// First cue of the context that it is in, or that kept it out.
  package var context: Int?

  package init(_ expression: Expression, _ score: Score, _ fate: Fate, context: Int? = nil) {
    phrase = expression.phrase
    dictionaryForm = expression.dictionaryForm
    firstCue = expression.firstCue
    self.score = score
    self.fate = fate
    self.context = context
  }

  /// What tells one expression of an episode from another.
  package struct Identity: Sendable, Hashable {
    var key: PhraseKey
    var firstCue: Int
  }

  package var identity: Identity {
    Identity(key: PhraseKey(dictionaryForm), firstCue: firstCue)
  }
}
