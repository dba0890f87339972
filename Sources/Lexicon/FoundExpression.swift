/// An expression that was recognised in the dialogue, whether or not it is worth a clip.
package struct FoundExpression: Sendable, Hashable {
  /// Where one of its words stands.
  package struct Word: Sendable, Hashable {
    /// Position of the cue among those that were searched.
    package var cue: Int
    /// The token's range in the cue's spoken text, in UTF-8 bytes.
    package var range: Range<Int>
    /// What the lemma has here: "be" where the dialogue has "it's".
    package var lemma: String
  }

  /// As WordNet lists it, words joined by "_".
  package var lemma: String
  package var partOfSpeech: PartOfSpeech
  /// Its words in the order of the dialogue, without those that only stand inside it or in place of
  /// its "someone's".
  package var words: [Word]
  /// 0 to 1, how sure it is that these words are one expression here.
  package var confidence: Double
  /// 0 to 1, how much it is worth learning.
  package var usefulness: Double
}
