/// WordNet 3.0 in its own files, which are mapped and searched in place; hardly any memory is used.
///
/// The index is checked as a whole when it is opened; a synset is checked whenever it is read.
/// Damage shows as `LexiconError`, never as a crash or a wrong meaning.
package struct WordNet: Sendable {
  private let indexes: [PartOfSpeech: SortedFile]
  private let exceptions: [PartOfSpeech: SortedFile]
  private let data: [PartOfSpeech: MappedFile]
  /// Sense keys with the senses' numbers and counts.
  let counted: SortedFile

  /// Opens the thirteen files `index.*`, `data.*`, `*.exc` and `cntlist.rev`; reads a few megabytes, so it blocks
  /// for some milliseconds.
  package init(folder: String) throws(LexiconError) {
    var indexes: [PartOfSpeech: SortedFile] = [:]
    var exceptions: [PartOfSpeech: SortedFile] = [:]
    var data: [PartOfSpeech: MappedFile] = [:]
    for part in PartOfSpeech.allCases {
      let index = try SortedFile(path: "\(folder)/index.\(part.suffix)")
      let synsets = try MappedFile(path: "\(folder)/data.\(part.suffix)")
      let forms = try SortedFile(path: "\(folder)/\(part.suffix).exc")
      guard synsets.byte(at: synsets.count - 1) == UInt8(ascii: "\n") else {
        throw synsets.damaged("its last line is cut off")
      }
      var lastSynset = 0
      try index.verify { line in
        guard let offset = Self.lastNumber(of: line, in: index.file) else { return false }
        lastSynset = max(lastSynset, offset)
        return true
      }
      guard lastSynset < synsets.count else {
        throw synsets.damaged("it ends before the synset at byte \(lastSynset)")
      }
      try forms.verify()
      index.file.dropPages()
      forms.file.dropPages()
      indexes[part] = index
      exceptions[part] = forms
      data[part] = synsets
    }
    let counted = try SortedFile(path: "\(folder)/cntlist.rev")
    try counted.verify { Self.lastNumber(of: $0, in: counted.file) != nil }
    counted.file.dropPages()
    self.counted = counted
    self.indexes = indexes
    self.exceptions = exceptions
    self.data = data
  }

  /// The entry of a lemma in lower case, words joined by "_".
  package func entry(of lemma: String, as part: PartOfSpeech) throws(LexiconError) -> IndexEntry? {
    guard let index = indexes[part], let line = index.line(of: lemma) else { return nil }
    return try entry(line, in: index, part)
  }

  package func contains(_ lemma: String, as part: PartOfSpeech) -> Bool {
    indexes[part]?.line(of: lemma) != nil
  }

  /// Entries of several words of which `word` is the first.
  package func entries(
    startingWith word: String, as part: PartOfSpeech
  ) throws(LexiconError) -> [IndexEntry] {
    guard let index = indexes[part] else { return [] }
    var entries: [IndexEntry] = []
    for separator in ["-", "_"] {
      for line in index.lines(withPrefix: word + separator) {
        entries.append(try entry(line, in: index, part))
      }
    }
    return entries
  }

  package func synset(at offset: Int, as part: PartOfSpeech) throws(LexiconError) -> Synset? {
    guard let file = data[part] else { return nil }
    let line = file.text(offset..<max(offset, file.end(ofLineFrom: offset)))
    guard let synset = Synset(line: line, offset: offset) else {
      throw file.damaged("the synset at byte \(offset) can't be read")
    }
    return synset
  }

  /// What the exception list says a word may be a form of.
  func exceptions(for word: String, as part: PartOfSpeech) -> [String] {
    guard let forms = exceptions[part], let line = forms.line(of: word) else { return [] }
    return forms.file.fields(of: line).dropFirst().map(String.init)
  }

  /// Lets the kernel take back what was read.
  func dropPages() {
    for file in data.values { file.dropPages() }
    for file in indexes.values { file.file.dropPages() }
    for file in exceptions.values { file.file.dropPages() }
    counted.file.dropPages()
  }

  private func entry(
    _ line: Range<Int>, in index: SortedFile, _ part: PartOfSpeech
  ) throws(LexiconError) -> IndexEntry {
    guard let entry = IndexEntry(line: index.file.text(line), partOfSpeech: part) else {
      throw index.file.damaged("the line at byte \(line.lowerBound) can't be read")
    }
    return entry
  }

  private static func lastNumber(of line: Range<Int>, in file: MappedFile) -> Int? {
    var end = line.upperBound
    while end > line.lowerBound, file.byte(at: end - 1) == UInt8(ascii: " ") { end -= 1 }
    var start = end
    var number = 0
    var place = 1
    while start > line.lowerBound, end - start < 10, let byte = file.byte(at: start - 1),
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    {
      number += Int(byte - UInt8(ascii: "0")) * place
      place *= 10
      start -= 1
    }
    return start < end ? number : nil
  }
}
