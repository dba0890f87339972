/// One meaning, with the words that share it.
package struct Synset: Sendable, Hashable {
  /// WordNet's file of origin, which tells the field of meaning: 18 is persons, 23 quantities.
  package var field: Int
  /// As written, "New_York", without the marks of an adjective's position.
  package var words: [String]
  /// Offsets of what this is a kind of, of the same part of speech.
  package var hypernyms: [Int]
  /// True when it is a single thing of its kind, such as one town.
  package var isInstance: Bool
  /// Numbers of the sentence frames that its verbs fit.
  package var frames: [Int]
  package var definition: String
  package var examples: [String]

  /// True when the lemma is written with a capital here, or names a single thing.
  func isName(_ lemma: String) -> Bool {
    isInstance
      || words.contains { $0.lowercased() == lemma && $0.contains(where: \.isUppercase) }
  }

  /// - Parameter line: a line of a data file.
  /// - Returns: nil unless the line is whole and begins with its own offset.
  init?(line: String, offset: Int) {
    guard let bar = line.firstIndex(of: "|") else { return nil }
    var fields = MappedFile.fields(of: line[..<bar])[...]
    guard let own = fields.popFirst(), Int(own) == offset,
      let field = fields.popFirst().flatMap({ Int($0) }), fields.popFirst() != nil,
      let wordCount = fields.popFirst().flatMap({ Int($0, radix: 16) }),
      (1...max(1, fields.count)).contains(wordCount), fields.count > wordCount * 2
    else { return nil }
    self.field = field
    words = []
    for _ in 0..<wordCount {
      guard let word = fields.popFirst(), fields.popFirst() != nil else { return nil }
      words.append(String(word.prefix { $0 != "(" }))
    }
    guard let pointerCount = fields.popFirst().flatMap({ Int($0) }),
      (0...fields.count).contains(pointerCount), fields.count >= pointerCount * 4
    else { return nil }
    hypernyms = []
    isInstance = false
    for _ in 0..<pointerCount {
      guard let symbol = fields.popFirst(), let target = fields.popFirst().flatMap({ Int($0) })
      else { return nil }
      fields = fields.dropFirst(2)
      if symbol == "@" { hypernyms.append(target) }
      if symbol == "@i" { isInstance = true }
    }
    frames = Self.frames(in: fields)
    (definition, examples) = Self.parts(ofGloss: line[line.index(after: bar)...])
  }

  /// `f_cnt` then `+ frame word` for each.
  private static func frames(in fields: ArraySlice<Substring>) -> [Int] {
    var frames: [Int] = []
    var rest = fields.dropFirst()
    while rest.popFirst() == "+", let frame = rest.popFirst().flatMap({ Int($0) }) {
      frames.append(frame)
      rest = rest.dropFirst()
    }
    return frames
  }

  /// A gloss is a definition, then examples in quotation marks, parted by semicolons.
  private static func parts(ofGloss gloss: Substring) -> (definition: String, examples: [String]) {
    let text = gloss.replacing("`", with: "'")
    let quoted = text.split(separator: "\"", omittingEmptySubsequences: false)
    var definition = quoted[0]
    var examples: [String] = []
    var position = 1
    // A quotation before the first semicolon belongs to the definition.
    while position + 1 < quoted.count, !endsItem(definition) {
      definition = text[..<quoted[position + 1].endIndex]
      position += 2
    }
    while position < quoted.count {
      let example = trimmed(quoted[position])
      if !example.isEmpty { examples.append(example) }
      position += 2
    }
    return (trimmed(definition), examples)
  }

  private static func endsItem(_ text: Substring) -> Bool {
    guard let last = text.last(where: { $0 != " " }) else { return false }
    return last == ";" || last == ":"
  }

  private static func trimmed(_ text: Substring) -> String {
    let edge: (Character) -> Bool = { " ;:,".contains($0) }
    let head = text.drop(while: edge)
    guard let end = head.lastIndex(where: { !edge($0) }) else { return "" }
    return String(head[...end])
  }
}
