/// A sentence as running text with every token's place in it.
///
/// The corpora part "do" from "n't" and "full" from "-" and "time"; a viewer reads "don't" and
/// "full-time", and that is what the lexicon gets. What they part otherwise ("a lot" for "alot")
/// stays parted.
struct SentenceText {
  private(set) var text = ""
  /// UTF-8 range of each token.
  private(set) var ranges: [Range<Int>] = []

  /// - Parameter joinsLoneHyphens: whether a token "-" between two words makes one of them even
  ///   where the corpus' text has spaces there.
  init(_ sentence: Sentence, joinsLoneHyphens: Bool) {
    let glued = sentence.gluedTokens
    for (index, token) in sentence.tokens.enumerated() {
      let isJoined = { joinsLoneHyphens && sentence.hasLoneHyphen(at: $0) }
      if index > 0, !glued[index], !isJoined(index), !isJoined(index - 1) { text += " " }
      let start = text.utf8.count
      // A line break would divide the cue.
      text += token.split(whereSeparator: \.isNewline).joined(separator: " ")
      ranges.append(start..<text.utf8.count)
    }
  }

  /// The tokens that a range of the text touches.
  func tokens(in range: Range<Int>) -> [Int] {
    ranges.indices.filter { ranges[$0].overlaps(range) }
  }
}

extension Sentence {
  /// Whether the token is a hyphen between two words.
  func hasLoneHyphen(at index: Int) -> Bool {
    guard tokens.indices.contains(index), tokens[index] == "-",
      tokens.indices.contains(index - 1), tokens.indices.contains(index + 1)
    else { return false }
    return tokens[index - 1].endsInWord && tokens[index + 1].beginsWithWord
  }

  /// Whether each token stands in the text without a space before it, two words apart from each
  /// other excepted.
  var gluedTokens: [Bool] {
    var glued = [Bool](repeating: false, count: tokens.count)
    guard var rest = text.map({ $0[...] }) else { return glued }
    for (index, token) in tokens.enumerated() {
      let trimmed = rest.drop(while: \.isWhitespace)
      guard trimmed.hasPrefix(token) else { return glued }
      if index > 0, trimmed.startIndex == rest.startIndex {
        let isClitic = token.contains("'") || token.contains("\u{2019}")
        glued[index] = isClitic || !tokens[index - 1].endsInWord || !token.beginsWithWord
      }
      rest = trimmed.dropFirst(token.count)
    }
    return glued
  }
}

extension String {
  fileprivate var beginsWithWord: Bool { first.map { $0.isLetter || $0.isNumber } ?? false }
  fileprivate var endsInWord: Bool { last.map { $0.isLetter || $0.isNumber } ?? false }
}
