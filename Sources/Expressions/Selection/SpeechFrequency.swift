import Subtitles

/// How often words are said, counted in the transcripts at hand.
package struct SpeechFrequency: Sendable {
  private var counts: [String: Int] = [:]
  private var most = 1

  package init(_ transcripts: [Transcript]) {
    for transcript in transcripts { add(transcript) }
  }

  /// Counts one more.
  package mutating func add(_ transcript: Transcript) {
    for cue in transcript.cues {
      for token in Token.tokens(of: cue.text) {
        counts[token.normal, default: 0] += 1
      }
    }
    most = max(1, counts.values.max() ?? 1)
  }

  /// 0 for a phrase of the commonest words, 1 for one with a word that is hardly ever said; the rarest word counts.
  package func rarity(of phrase: String) -> Double {
    let rarest = Token.tokens(of: phrase).map { counts[$0.normal] ?? 0 }.min()
    guard let rarest, most > 1 else { return 0.5 }
    // By bits, since this room has no logarithm: good enough for one part of a score.
    return 1 - min(1, Self.magnitude(max(1, rarest)) / Self.magnitude(most))
  }

  /// The logarithm to base 2, linear between its whole values; 0 for 1.
  private static func magnitude(_ count: Int) -> Double {
    let bits = Int.bitWidth - 1 - count.leadingZeroBitCount
    return Double(bits) + Double(count) / Double(1 << bits) - 1
  }
}
