import Subtitles

/// A phrase worth learning, grounded: code has found it in the cues that it names.
package struct Expression: Sendable, Hashable, Codable {
  /// The phrase as it stands in the dialogue.
  package var phrase: String
  package var dictionaryForm: String
  package var partOfSpeech: String
  package var meaning: String
  package var examples: [String]
  /// 0 to 1.
  package var usefulness: Double
  /// Where it stands, in the order of time; never empty.
  package var spans: [CueSpan]
  package var details: ExpressionDetails?
  /// True when the extractor named other cues than those that hold the phrase.
  package var wasMended: Bool
  /// Why it was chosen; nil until it is.
  package var score: Score?

  package var firstCue: Int { spans.first?.cueNumber ?? 0 }
  package var lastCue: Int { spans.last?.cueNumber ?? 0 }
  package var cueNumbers: [Int] {
    spans.map(\.cueNumber).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  package init(candidate: Candidate, spans: [CueSpan], wasMended: Bool) {
    phrase = candidate.phrase
    dictionaryForm = candidate.dictionaryForm
    partOfSpeech = candidate.partOfSpeech
    meaning = candidate.meaning
    examples = candidate.examples
    usefulness = min(max(candidate.usefulness, 0), 1)
    details = candidate.details
    self.spans = spans
    self.wasMended = wasMended
  }
}

/// A run of words of one cue that belongs to an expression.
package struct CueSpan: Sendable, Hashable, Codable {
  package var cueNumber: Int
  /// Range in the cue's text in UTF-8 bytes, end excluded.
  package var start: Int
  package var end: Int

  package init(cueNumber: Int, start: Int, end: Int) {
    self.cueNumber = cueNumber
    self.start = start
    self.end = end
  }
}
