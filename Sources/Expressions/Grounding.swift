import Subtitles

/// Proves that candidates occur in the dialogue, and where.
///
/// The phrase is searched in the cues that the candidate names, then its dictionary form there in
/// any form and with words between, then both in the cues around. Cues are prepared once; each
/// search is cheap.
package struct Grounding: Sendable {
  /// Why a candidate was dropped; counted and shown, never silent.
  package enum Rejection: String, Sendable, Hashable, Codable, CaseIterable {
    /// Neither phrase nor dictionary form has a word.
    case emptyPhrase = "empty_phrase"
    /// None of the cues that it names exists.
    case unknownCue = "unknown_cue"
    case notInCues = "not_in_cues"
    /// More than `PhraseFinder.longestPhrase` words, or spread over more than
    /// `PhraseFinder.mostCues`.
    case tooLong = "too_long"
  }

  private let transcript: Transcript
  private let finder: PhraseFinder
  /// How many cues before and after the named ones are searched.
  package static let reach = 3
  /// Of what a candidate names no more cues are searched: none is spread so far.
  private static let mostNamed = 24

  package init(transcript: Transcript) {
    self.init(transcript: transcript, language: transcript.language)
  }

  /// - Parameter language: what the dialogue is in, where the transcript doesn't say it; BCP 47.
  package init(transcript: Transcript, language: String) {
    self.transcript = transcript
    finder = PhraseFinder(cues: transcript.cues, language: language)
  }

  /// The expression with its spans, and with its phrase as it stands in the dialogue.
  package func ground(_ candidate: Candidate) -> Result<Expression, GroundingError> {
    let searches = searches(for: candidate)
    guard !searches.isEmpty else { return .failure(.init(.emptyPhrase)) }
    let named = Set(candidate.cueNumbers).filter { transcript[number: $0] != nil }.sorted()
      .prefix(Self.mostNamed).map { $0 - 1 }
    guard !named.isEmpty else { return .failure(.init(.unknownCue)) }
    var isTooLong = searches.contains { finder.isTooLong($0.phrase) }
    for margin in [0, Self.reach] {
      let windows = windows(around: named, margin: margin)
      for (phrase, kind) in searches {
        guard let match = finder.match(phrase, kind, in: windows, near: named) else { continue }
        if match.cueCount > PhraseFinder.mostCues {
          isTooLong = true
          continue
        }
        var expression = Expression(
          candidate: candidate, spans: match.spans, wasMended: margin > 0)
        if kind == .listed || !match.isExact { expression.phrase = text(of: match.spans) }
        return .success(expression)
      }
    }
    return .failure(.init(isTooLong ? .tooLong : .notInCues))
  }

  /// What to look for, the surest first.
  private func searches(for candidate: Candidate) -> [(phrase: String, kind: PhraseFinder.Kind)] {
    [
      (candidate.phrase, .spoken), (candidate.dictionaryForm, .listed), (candidate.phrase, .listed),
    ].filter { !Token.tokens(of: $0.0).isEmpty }
  }

  /// Runs of positions: the named cues, with those between that are near, and as many around.
  private func windows(around named: [Int], margin: Int) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    for cue in named {
      let window =
        max(0, cue - margin)..<min(transcript.cues.count, cue + margin + 1)
      if let last = windows.last, window.lowerBound <= last.upperBound + Self.reach {
        windows[windows.count - 1] = last.lowerBound..<window.upperBound
      } else {
        windows.append(window)
      }
    }
    return windows
  }

  /// From the first span to the last with what is between, on one line.
  private func text(of spans: [CueSpan]) -> String {
    guard let first = spans.first, let last = spans.last else { return "" }
    return (first.cueNumber...last.cueNumber).map { number in
      let text = transcript.cues[number - 1].text
      let start = number == first.cueNumber ? first.start : 0
      let end = number == last.cueNumber ? last.end : text.utf8.count
      return text[utf8: start..<end].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.joined(separator: " ")
  }
}

package struct GroundingError: Error, Sendable, Hashable {
  package var rejection: Grounding.Rejection
  package init(_ rejection: Grounding.Rejection) { self.rejection = rejection }
}
