import Subtitles

/// Finds phrases in consecutive cues, word by word, or letter by letter where words aren't parted.
package struct PhraseFinder: Sendable {
  /// How a phrase is given.
  package enum Kind: Sendable, Hashable {
    /// As somebody says it: each word in this form, only contractions may be written out.
    case spoken
    /// As a dictionary lists it: in any form, with "someone" and "one's" for anybody, and with an
    /// object between a verb and its particle.
    case listed
  }

  /// A phrase has so many words at most.
  package static let longestPhrase = 12
  /// Where words are not parted, a phrase has so many letters at most.
  package static let mostLetters = 40
  /// A phrase runs over so many cues at most.
  package static let mostCues = 3

  private let cues: [Cue]
  private let text: SpokenText
  private let letters: LetterText?
  private let runsOn: Bool

  /// - Parameter language: BCP 47; "und" is compared as a language whose rules aren't known.
  package init(cues: [Cue], language: String) {
    self.cues = cues
    let rules = MatchingRules(language: language)
    text = SpokenText(cues: cues, rules: rules)
    runsOn = MatchingRules.runsOn(language: language)
    let needsLetters = runsOn || cues.contains { MatchingRules.runsOn($0.text) }
    letters = needsLetters ? LetterText(cues: cues) : nil
  }

  /// The best match, or nil.
  ///
  /// Fewest words between its parts come first, then the exact before the inflected, then what is
  /// nearest to the named cues, then the first. A match over more than `mostCues` is given only
  /// when there is no other.
  /// - Parameters:
  ///   - windows: positions in the cues; each match lies in one of them.
  ///   - named: positions that a match should be near to.
  package func match(
    _ phrase: String, _ kind: Kind, in windows: [Range<Int>], near named: [Int] = []
  ) -> PhraseMatch? {
    guard !isTooLong(phrase) else { return nil }
    if let letters, isSpelled(phrase) {
      return match(LetterText.letters(of: phrase), letters, in: windows, near: named)
    }
    let patterns =
      switch kind {
      case .spoken: PhrasePattern.written(phrase, text.rules)
      case .listed: PhrasePattern.listed(phrase, text.rules)
      }
    return match(patterns, in: windows, near: named)
  }

  /// Whether a phrase has more words than any that is worth learning.
  package func isTooLong(_ phrase: String) -> Bool {
    isSpelled(phrase)
      ? LetterText.letters(of: phrase).count > Self.mostLetters
      : Token.words(of: phrase).count > Self.longestPhrase
  }

  /// Whether a phrase is compared letter by letter.
  package func isSpelled(_ phrase: String) -> Bool { runsOn || MatchingRules.runsOn(phrase) }

  // MARK: Words

  private func match(
    _ patterns: [PhrasePattern], in windows: [Range<Int>], near named: [Int]
  ) -> PhraseMatch? {
    var best: (rank: PhraseMatch.Rank, tokens: [Int])?
    for pattern in patterns {
      for window in windows {
        let tokens = text.tokens(inCues: window.clamped(to: cues.indices))
        for path in PhraseSearch(text, pattern, in: tokens).found {
          guard let first = path.tokens.first, let last = path.tokens.last else { continue }
          let rank = rank(
            cues: text.tokens[first].cue...text.tokens[last].cue, sentenceEnds: path.sentenceEnds,
            gapWords: path.gapWords, cost: path.cost, near: named, position: first)
          if best.map({ rank < $0.rank }) ?? true { best = (rank, path.tokens) }
        }
      }
    }
    return best.map { best in
      var spans: [CueSpan] = []
      var last: Int?
      for position in best.tokens {
        let token = text.tokens[position]
        let number = cues[token.cue].number
        if last == position - 1, spans.last?.cueNumber == number {
          spans[spans.count - 1].end = token.range.upperBound
        } else {
          spans.append(
            CueSpan(
              cueNumber: number, start: token.range.lowerBound, end: token.range.upperBound))
        }
        last = position
      }
      return found(
        spans, best.rank, over: best.tokens.map { text.tokens[$0].cue })
    }
  }

  // MARK: Letters

  private func match(
    _ phrase: [String], _ text: LetterText, in windows: [Range<Int>], near named: [Int]
  ) -> PhraseMatch? {
    var best: (rank: PhraseMatch.Rank, run: Range<Int>)?
    for run in text.occurrences(of: phrase) {
      let letters = text.letters[run]
      guard let first = letters.first, let last = letters.last,
        windows.contains(where: { $0.contains(first.cue) && $0.contains(last.cue) })
      else { continue }
      let rank = rank(
        cues: first.cue...last.cue,
        sentenceEnds: letters.dropFirst().count { $0.boundary == .sentence }, gapWords: 0, cost: 0,
        near: named, position: run.lowerBound)
      if best.map({ rank < $0.rank }) ?? true { best = (rank, run) }
    }
    return best.map { best in
      var spans: [CueSpan] = []
      for letter in text.letters[best.run] {
        let number = cues[letter.cue].number
        if spans.last?.cueNumber == number {
          spans[spans.count - 1].end = letter.range.upperBound
        } else {
          spans.append(
            CueSpan(
              cueNumber: number, start: letter.range.lowerBound, end: letter.range.upperBound))
        }
      }
      return found(spans, best.rank, over: text.letters[best.run].map(\.cue))
    }
  }

  private func rank(
    cues: ClosedRange<Int>, sentenceEnds: Int, gapWords: Int, cost: Int, near named: [Int],
    position: Int
  ) -> PhraseMatch.Rank {
    let distance = named.map { cue in
      cues.contains(cue) ? 0 : min(abs(cue - cues.lowerBound), abs(cue - cues.upperBound))
    }
    return PhraseMatch.Rank(
      excess: max(0, cues.count - Self.mostCues), sentenceEnds: sentenceEnds, gapWords: gapWords,
      cost: cost, distance: distance.min() ?? 0, position: position)
  }

  private func found(
    _ spans: [CueSpan], _ rank: PhraseMatch.Rank, over cues: [Int]
  ) -> PhraseMatch {
    PhraseMatch(
      spans: spans, isExact: rank.cost == 0 && rank.gapWords == 0,
      cueCount: (cues.last ?? 0) - (cues.first ?? 0) + 1, rank: rank)
  }
}
