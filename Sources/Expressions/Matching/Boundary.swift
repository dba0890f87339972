/// What parts two words of the dialogue.
enum Boundary: Int, Sendable, Comparable {
  case none, clause, sentence, speaker

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// - Parameters:
  ///   - between: the text between them, with a line break where a cue ends.
  ///   - word: the normal word before.
  ///   - isCapitalised: whether the word after begins with a capital.
  init(_ between: some StringProtocol, after word: String, isCapitalised: Bool) {
    var boundary = Boundary.none
    var startsLine = false
    var dots = 0
    var hasSpace = false
    var scalars = between.unicodeScalars.filter { !Character($0).isInvisible }[...]
    while let scalar = scalars.popFirst() {
      if Character(scalar).isNewline {
        startsLine = true
        hasSpace = true
        continue
      }
      if scalar.properties.isWhitespace {
        hasSpace = true
        continue
      }
      let isFirst = startsLine
      startsLine = false
      switch scalar {
      case "-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}":
        // "--" goes on with a sentence.
        if isFirst, scalars.first != scalar {
          self = .speaker
          return
        }
        if hasSpace || scalar >= "\u{2013}" || scalars.first == scalar {
          boundary = max(boundary, .clause)
        }
      case ".": dots += 1
      case "\u{2026}": dots += 3
      case "!", "?", "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{061F}", "\u{0964}":
        boundary = .sentence
      case ",", ";", ":", "(", ")", "[", "]", "\u{3001}", "\u{FF0C}", "\u{060C}":
        boundary = max(boundary, .clause)
      default: break
      }
    }
    switch dots {
    case 0: break
    case 1: if hasSpace, !Titles.contains(word) { boundary = .sentence }
    default: boundary = max(boundary, isCapitalised ? .sentence : .clause)
    }
    self = boundary
  }
}
