import Expressions
import Subtitles

/// A word of the dialogue as matching sees it; a hyphenated token is as many words as it has parts.
struct DialogueWord: Sendable {
  var normal: String
  /// Position of its cue in the batch.
  var cue: Int
  /// The whole token's range in the cue's spoken text, in UTF-8 bytes.
  var range: Range<Int>
  /// True when nothing but space lies between it and the word before: no punctuation, no change of
  /// speaker.
  var continues: Bool
  /// True for the first part of its token.
  var startsToken: Bool
  /// True for the last part of its token.
  var endsToken: Bool
  var isCapitalised: Bool

  /// The words of a text that stands alone.
  static func words(of text: String) -> [DialogueWord] {
    words(of: [Cue(number: 1, start: .zero, end: .zero, text: text)])
  }

  /// The words of consecutive cues in order.
  static func words(of cues: [Cue]) -> [DialogueWord] {
    var words: [DialogueWord] = []
    var previous: (cue: Cue, tail: String)?
    for (position, cue) in cues.enumerated() {
      let spoken = cue.spoken
      let bytes = Array(spoken.utf8)
      var end: Int?
      for token in Token.tokens(of: spoken) {
        let between = String(decoding: bytes[(end ?? 0)..<token.range.lowerBound], as: UTF8.self)
        let first = String(decoding: bytes[token.range], as: UTF8.self).first
        let isCapitalised = first?.isUppercase ?? false
        let continues =
          if end != nil {
            between.allSatisfy(\.isWhitespace)
          } else {
            Self.runsOn(
              from: previous, to: cue, head: between, isCapitalised: isCapitalised)
          }
        let parts = token.normal.split(separator: "-").map(String.init)
        for (index, part) in parts.enumerated() {
          words.append(
            DialogueWord(
              normal: part, cue: position, range: token.range,
              continues: index > 0 || continues, startsToken: index == 0,
              endsToken: index == parts.count - 1, isCapitalised: isCapitalised))
        }
        end = token.range.upperBound
      }
      let tail = String(decoding: bytes[(end ?? 0)...], as: UTF8.self)
      previous = end == nil ? nil : (cue, tail)
    }
    return words
  }

  /// Whether the sentence of one cue goes on in the next: no mark ends the one, no capital or dash
  /// begins the other.
  private static func runsOn(
    from previous: (cue: Cue, tail: String)?, to cue: Cue, head: String, isCapitalised: Bool
  ) -> Bool {
    guard let previous, previous.tail.allSatisfy(\.isWhitespace),
      head.allSatisfy(\.isWhitespace)
    else { return false }
    if let one = previous.cue.speaker, let other = cue.speaker, one != other { return false }
    return !isCapitalised || !cue.text.contains(where: \.isLowercase)
  }
}
