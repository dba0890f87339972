/// WordNet for the length of one batch: what was read once is not read again.
final class CachedWordNet {
  let wordNet: WordNet
  private var synsets: [PartOfSpeech: [Int: Synset?]] = [:]
  private var counts: [PartOfSpeech: [String: [Int: Int]]] = [:]
  private var entries: [PartOfSpeech: [String: IndexEntry?]] = [:]

  init(_ wordNet: WordNet) { self.wordNet = wordNet }

  func synset(at offset: Int, as part: PartOfSpeech) throws(LexiconError) -> Synset? {
    if let known = synsets[part]?[offset] { return known }
    let synset = try wordNet.synset(at: offset, as: part)
    synsets[part, default: [:]][offset] = .some(synset)
    return synset
  }

  func entry(of lemma: String, as part: PartOfSpeech) throws(LexiconError) -> IndexEntry? {
    if let known = entries[part]?[lemma] { return known }
    let entry = try wordNet.entry(of: lemma, as: part)
    entries[part, default: [:]][lemma] = .some(entry)
    return entry
  }

  /// The meanings of an entry, in WordNet's order.
  func senses(of entry: IndexEntry) throws(LexiconError) -> [Synset] {
    var senses: [Synset] = []
    for offset in entry.senses {
      if let synset = try synset(at: offset, as: entry.partOfSpeech) { senses.append(synset) }
    }
    return senses
  }

  func senseCounts(of entry: IndexEntry) -> [Int: Int] {
    if let known = counts[entry.partOfSpeech]?[entry.lemma] { return known }
    let found = wordNet.senseCounts(of: entry.lemma, as: entry.partOfSpeech)
    counts[entry.partOfSpeech, default: [:]][entry.lemma] = found
    return found
  }

  func frequency(of entry: IndexEntry) -> Int {
    senseCounts(of: entry).values.reduce(0, +)
  }

  func contains(_ lemma: String, as part: PartOfSpeech) -> Bool {
    wordNet.contains(lemma, as: part)
  }

  func baseForms(of word: String, as part: PartOfSpeech) -> [String] {
    wordNet.baseForms(of: word, as: part)
  }

  /// Whether any meaning of a verb takes an object.
  func takesObject(_ entry: IndexEntry) throws(LexiconError) -> Bool {
    try senses(of: entry).contains(where: Frames.takesObject)
  }
}
