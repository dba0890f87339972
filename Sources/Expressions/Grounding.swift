import Subtitles

/// Proves that candidates occur in the dialogue, and where.
///
/// Words are compared one by one without case, typographic variants or hyphens. When the phrase does not stand in
/// the cues that the candidate names, the cues around them are searched before it is dropped.
package struct Grounding: Sendable {
  /// Why a candidate was dropped; counted and shown, never silent.
  package enum Rejection: String, Sendable, Hashable, Codable {
    case emptyPhrase = "empty_phrase"
    case unknownCue = "unknown_cue"
    case notInCues = "not_in_cues"
  }

  private let transcript: Transcript
  /// How many cues before and after the named ones are searched.
  private let reach = 3

  package init(transcript: Transcript) { self.transcript = transcript }

  package func ground(_ candidate: Candidate) -> Result<Expression, GroundingError> {
    let phrase = Self.words(of: candidate.phrase)
    guard !phrase.isEmpty else { return .failure(.init(.emptyPhrase)) }
    let named = candidate.cueNumbers.filter { transcript[number: $0] != nil }
    guard let first = named.min(), let last = named.max(), last - first <= 2 * reach else {
      return .failure(.init(.unknownCue))
    }
    if let spans = spans(of: phrase, in: first...last) {
      return .success(Expression(candidate: candidate, spans: spans, wasMended: false))
    }
    let around = max(1, first - reach)...min(transcript.cues.count, last + reach)
    if let spans = spans(of: phrase, in: around) {
      return .success(Expression(candidate: candidate, spans: spans, wasMended: true))
    }
    return .failure(.init(.notInCues))
  }

  private func spans(of phrase: [String], in numbers: ClosedRange<Int>) -> [CueSpan]? {
    let words = numbers.flatMap { number in
      Self.placedWords(of: transcript.cues[number - 1].text, cueNumber: number)
    }
    guard words.count >= phrase.count else { return nil }
    let starts = 0...(words.count - phrase.count)
    guard
      let start = starts.first(where: { start in
        phrase.indices.allSatisfy { words[start + $0].normal == phrase[$0] }
      })
    else { return nil }
    var spans: [CueSpan] = []
    for word in words[start..<(start + phrase.count)] {
      if spans.last?.cueNumber == word.cueNumber {
        spans[spans.count - 1].end = word.range.upperBound
      } else {
        spans.append(
          CueSpan(
            cueNumber: word.cueNumber, start: word.range.lowerBound, end: word.range.upperBound))
      }
    }
    return spans
  }

  private struct PlacedWord {
    var normal: String
    var cueNumber: Int
    var range: Range<Int>
  }

  private static func placedWords(of text: String, cueNumber: Int) -> [PlacedWord] {
    Token.tokens(of: text).flatMap { token in
      token.normal.split(separator: "-").map {
        PlacedWord(normal: String($0), cueNumber: cueNumber, range: token.range)
      }
    }
  }

  /// A hyphenated word counts as its parts, so that "check-in" finds "check in".
  private static func words(of text: String) -> [String] {
    Token.tokens(of: text).flatMap { $0.normal.split(separator: "-").map(String.init) }
  }
}

package struct GroundingError: Error, Sendable, Hashable {
  package var rejection: Grounding.Rejection
  package init(_ rejection: Grounding.Rejection) { self.rejection = rejection }
}
