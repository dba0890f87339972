import Subtitles

/// How much of two transcripts is the same dialogue, however it is divided into cues.
package enum DialogueLikeness {
  /// From this much on two transcripts are of the same film.
  package static let same = 0.8

  /// From 0 to 1: twice the pairs of neighbouring words that both have, by all that there are.
  package static func share(_ one: Transcript, _ other: Transcript) -> Double {
    let (ones, others) = (pairs(one), pairs(other))
    let count = ones.values.reduce(0, +) + others.values.reduce(0, +)
    guard count > 0 else { return 0 }
    let (fewer, more) = ones.count < others.count ? (ones, others) : (others, ones)
    let shared = fewer.reduce(0) { $0 + min($1.value, more[$1.key] ?? 0) }
    return Double(2 * shared) / Double(count)
  }

  private struct Pair: Hashable {
    var first: Substring
    var second: Substring
  }

  private static func pairs(_ transcript: Transcript) -> [Pair: Int] {
    let text = transcript.cues.map { $0.text.lowercased() }.joined(separator: " ")
    let words = text.split { !$0.isLetter && !$0.isNumber }
    var pairs: [Pair: Int] = [:]
    // A script without spaces has few words: its letters count for words.
    let units = words.count * 12 < text.count ? letters(of: text) : words
    for (first, second) in zip(units, units.dropFirst()) {
      pairs[Pair(first: first, second: second), default: 0] += 1
    }
    return pairs
  }

  private static func letters(of text: String) -> [Substring] {
    text.indices.lazy.filter { text[$0].isLetter || text[$0].isNumber }.map { text[$0...$0] }
  }
}
