import Expressions

/// Answers a prompt that holds numbered cues, plausibly and always the same.
///
/// Cues look like `[12] ANNA: I figured it all out.`, the speaker where known. Every third cue
/// gives two or three of its own words as an expression.
package struct Mining: Sendable, Hashable {
  /// A line with these words begins cues that are there for context only.
  package var leadInMarker: String?
  /// A line with these words begins the cues to be mined.
  package var cuesMarker: String?
  /// One expression for so many cues.
  package var cuesPerExpression: Int

  package init(
    leadInMarker: String? = nil, cuesMarker: String? = nil, cuesPerExpression: Int = 3
  ) {
    self.leadInMarker = leadInMarker
    self.cuesMarker = cuesMarker
    self.cuesPerExpression = cuesPerExpression
  }

  package struct NumberedCue: Sendable, Hashable {
    package var number: Int
    package var text: String

    package init(number: Int, text: String) {
      self.number = number
      self.text = text
    }
  }

  /// The cues of a prompt that are to be mined, in order.
  package func cues(in prompt: String) -> [NumberedCue] {
    var cues: [NumberedCue] = []
    var isMined = true
    for line in prompt.split(whereSeparator: \.isNewline) {
      if let match = line.firstMatch(of: /^\[(\d+)\]\s*(?:([^:,!?\n]{1,40}):\s)?(.*)$/) {
        if isMined, let number = Int(match.1) {
          cues.append(NumberedCue(number: number, text: String(match.3)))
        }
      } else if let marker = cuesMarker, line.contains(marker) {
        isMined = true
      } else if let marker = leadInMarker, line.contains(marker) {
        isMined = false
      }
    }
    return cues
  }

  /// - Parameter schema: keeps the properties that it has and fills in what else it requires; nil
  ///   keeps everything.
  package func answer(to prompt: String, schema: JSONValue? = nil) -> JSONValue {
    let cues = cues(in: prompt)
    let contexts = stride(from: 0, to: cues.count, by: cuesPerExpression).compactMap { start in
      context(Array(cues[start..<min(start + cuesPerExpression, cues.count)]))
    }
    let answer: JSONValue = ["contexts": .array(contexts)]
    return schema.map { SchemaFit(root: $0).fit(answer) } ?? answer
  }

  /// Nil when no cue of them has two words.
  private func context(_ cues: [NumberedCue]) -> JSONValue? {
    guard let first = cues.first, let last = cues.last,
      let (cue, phrase) = cues.lazy.compactMap({ cue in phrase(of: cue).map { (cue, $0) } }).first
    else { return nil }
    return [
      "first_cue": .integer(first.number), "last_cue": .integer(last.number),
      "expressions": [
        [
          "expression": .string(phrase), "dictionary_form": .string(phrase.lowercased()),
          "cues": [.integer(cue.number)], "translation": .string("«\(phrase)»"),
          "meaning": .string("What “\(phrase)” means here."), "literal_meaning": .null,
          "register": "informal", "level": "B1", "similar": ["work out"],
          "usage_note": "Said among friends.", "part_of_speech": "phrase",
          "usefulness": "medium",
        ]
      ],
      "translations": .array(
        cues.map { ["cue": .integer($0.number), "text": .string("«\($0.text)»")] }),
    ]
  }

  private static let sentenceEnds: Set<Character> = [".", "!", "?", "…", ":", ";"]

  /// Consecutive words as they stand in the cue, without the punctuation around them.
  private func phrase(of cue: NumberedCue) -> String? {
    let words = cue.text.split(whereSeparator: \.isWhitespace)
    let spans = words.indices.dropLast().map { start in
      words[start...min(start + 1 + cue.number % 2, words.count - 1)]
    }
    // Words only, and of one sentence.
    let whole = spans.filter { span in
      span.allSatisfy { $0.first?.isLetter == true }
        && !span.dropLast().contains { $0.last.map(Self.sentenceEnds.contains) == true }
    }
    guard !whole.isEmpty else { return nil }
    let span = whole[cue.number % whole.count]
    var phrase = cue.text[span[span.startIndex].startIndex..<span[span.endIndex - 1].endIndex]
    while let end = phrase.last, !end.isLetter, !end.isNumber { phrase = phrase.dropLast() }
    return phrase.contains(where: \.isWhitespace) ? String(phrase) : nil
  }
}
