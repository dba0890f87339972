/// A lemma as WordNet's index lists it.
package struct IndexEntry: Sendable, Hashable {
  /// In lower case, words joined by "_".
  package var lemma: String
  package var partOfSpeech: PartOfSpeech
  /// Where its synsets stand in the data file, the most frequent sense first; never empty.
  package var senses: [Int]

  /// The lemma's words; a hyphen parts words as a space does.
  package var words: [String]

  /// - Parameter line: `lemma pos synset_cnt p_cnt [symbol…] sense_cnt tagsense_cnt offset…`
  init?(line: String, partOfSpeech: PartOfSpeech) {
    let fields = MappedFile.fields(of: line[...])
    guard fields.count >= 7, let count = Int(fields[2]), let pointers = Int(fields[3]),
      (1...fields.count).contains(count), (0...fields.count).contains(pointers),
      fields.count == 6 + pointers + count
    else { return nil }
    let senses = fields.suffix(count).compactMap { Int($0) }
    guard senses.count == count else { return nil }
    lemma = String(fields[0])
    words = fields[0].utf8.split { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
      .map { String(Substring($0)) }
    self.partOfSpeech = partOfSpeech
    self.senses = senses
  }
}
