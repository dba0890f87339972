import Subtitles

/// The letters of consecutive cues of a language that writes no spaces, without punctuation.
struct LetterText: Sendable {
  struct Letter: Sendable {
    /// Lowercased.
    var text: String
    /// Position in the cues.
    var cue: Int
    /// Range in the cue's text, in UTF-8 bytes.
    var range: Range<Int>
    /// What parts it from the letter before.
    var boundary: Boundary
    /// Whether it goes on a word in letters of which one says little, such as Latin ones.
    var continuesWord: Bool
  }

  private(set) var letters: [Letter] = []
  private var places: [String: [Int]] = [:]

  init(cues: [Cue]) {
    var between = ""
    for (position, cue) in cues.enumerated() {
      var isFirst = true
      var offset = 0
      for character in cue.text {
        let range = offset..<(offset + character.utf8.count)
        offset = range.upperBound
        guard character.isLetter || character.isNumber else {
          between.append(character)
          continue
        }
        var boundary =
          between.isEmpty ? .none : Boundary(between, after: "", isCapitalised: true)
        if letters.isEmpty { boundary = .speaker }
        if isFirst, position > 0, cue.changesSpeaker(after: cues[position - 1]) {
          boundary = .speaker
        }
        let continues =
          between.isEmpty && Self.isLatin(character)
          && letters.last.map { Self.isLatin(Character($0.text)) } ?? false
        places[character.lowercased(), default: []].append(letters.count)
        letters.append(
          Letter(
            text: character.lowercased(), cue: position, range: range, boundary: boundary,
            continuesWord: continues))
        between = ""
        isFirst = false
      }
      between += "\n"
    }
  }

  /// Runs of letters that spell a phrase, as positions in `letters`.
  func occurrences(of phrase: [String]) -> [Range<Int>] {
    guard let first = phrase.first else { return [] }
    return (places[first] ?? []).compactMap { start in
      let end = start + phrase.count
      guard end <= letters.count, !letters[start].continuesWord,
        end == letters.count || !letters[end].continuesWord
      else { return nil }
      for (index, letter) in phrase.enumerated() {
        let found = letters[start + index]
        guard found.text == letter, index == 0 || found.boundary != .speaker else { return nil }
      }
      return start..<end
    }
  }

  /// The letters of a phrase as `occurrences` compares them.
  static func letters(of phrase: String) -> [String] {
    phrase.filter { $0.isLetter || $0.isNumber }.map { $0.lowercased() }
  }

  private static func isLatin(_ character: Character) -> Bool {
    character.isLetter && character.utf8.count < 3
  }
}
