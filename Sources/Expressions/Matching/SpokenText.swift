import Subtitles

/// The words of consecutive cues, prepared once for any number of searches.
struct SpokenText: Sendable {
  struct SpokenToken: Sendable {
    /// Position in the cues.
    var cue: Int
    /// Range in the cue's text, in UTF-8 bytes.
    var range: Range<Int>
    /// Ways to read it, each as positions in `words`; the first is as written.
    var readings: [[Int]]
    /// What parts it from the token before.
    var boundary: Boundary
    var isCapitalised: Bool
  }

  let rules: MatchingRules
  private(set) var words: [Word] = []
  private(set) var tokens: [SpokenToken] = []
  /// Position of the first token at or after each cue, and the number of tokens.
  private(set) var starts: [Int] = []
  private var places: [String: Int] = [:]

  init(cues: [Cue], rules: MatchingRules) {
    self.rules = rules
    var tail = ""
    var lastWord = ""
    for (position, cue) in cues.enumerated() {
      starts.append(tokens.count)
      let changesSpeaker = position > 0 && cue.changesSpeaker(after: cues[position - 1])
      let text = cue.text
      var end = 0
      for token in Token.tokens(of: text) {
        let word = text[utf8: token.range]
        let isCapitalised = word.first?.isUppercase ?? false
        var boundary = Boundary(
          tail + text[utf8: end..<token.range.lowerBound], after: lastWord,
          isCapitalised: isCapitalised)
        if end == 0, changesSpeaker || tokens.isEmpty { boundary = .speaker }
        end = token.range.upperBound
        let isClipped = text[utf8: end..<text.utf8.count].first.map { "'\u{2019}".contains($0) }
        tokens.append(
          SpokenToken(
            cue: position, range: token.range,
            readings: readings(of: token.normal, isClipped: isClipped ?? false),
            boundary: boundary, isCapitalised: isCapitalised))
        lastWord = token.normal
        tail = ""
      }
      tail += text[utf8: end..<text.utf8.count] + "\n"
    }
    starts.append(tokens.count)
  }

  /// Positions of the tokens of some cues.
  func tokens(inCues cues: Range<Int>) -> Range<Int> {
    starts[cues.lowerBound]..<starts[cues.upperBound]
  }

  /// - Parameter isClipped: whether an apostrophe follows, as in "goin'".
  private mutating func readings(of normal: String, isClipped: Bool) -> [[Int]] {
    var readings = rules.readings(ofToken: normal)
    if isClipped, rules == .english, normal.hasSuffix("in") { readings.append([normal + "g"]) }
    return readings.map { $0.map { place(of: $0) } }
  }

  private mutating func place(of text: String) -> Int {
    if let place = places[text] { return place }
    places[text] = words.count
    words.append(Word(text, rules))
    return words.count - 1
  }
}

extension MatchingRules {
  /// As written, with a hyphenated word as its parts; then otherwise.
  func readings(ofToken normal: String) -> [[String]] {
    let parts = normal.split(separator: "-").map(String.init)
    return [parts] + (parts.count > 1 ? [[parts.joined()]] : readings(of: normal))
  }
}

extension String {
  /// A part by its bytes, which have to lie on borders of characters.
  subscript(utf8 range: Range<Int>) -> Substring {
    let start = utf8.index(startIndex, offsetBy: range.lowerBound)
    return self[start..<utf8.index(start, offsetBy: range.count)]
  }
}
