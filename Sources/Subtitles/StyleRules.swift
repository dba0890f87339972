/// Tells the styles of signs and songs from those of dialogue, in ASS files.
package struct StyleRules: Sendable, Hashable {
  /// Patterns of style names that are left out, with `*` and `?`, in any case.
  package var leftOut: [String]
  /// Patterns of style names that are dialogue, whatever `leftOut` says.
  package var dialogue: [String]

  package init(leftOut: [String] = usual, dialogue: [String] = []) {
    self.leftOut = leftOut
    self.dialogue = dialogue
  }

  /// Names that typesetters give to what nobody says.
  package static let usual = [
    "sign", "signs", "sign *", "sign-*", "sign_*", "* sign", "* signs", "*-sign", "*-signs",
    "*_sign", "*_signs", "op", "ed", "op *", "ed *", "op-*", "ed-*", "op_*", "ed_*", "opening*",
    "ending*", "song*", "*karaoke*", "*romaji*", "*kanji*", "title", "titles", "title *", "*_title",
    "eyecatch*", "insert song*", "note", "notes", "tl note*", "credit*",
  ]
}

/// Style rules, prepared to be asked for each entry of a file.
struct StyleFilter {
  private let leftOut: [[UInt8]]
  private let dialogue: [[UInt8]]
  private var known: [ArraySlice<UInt8>: Bool] = [:]

  init(_ rules: StyleRules) {
    leftOut = rules.leftOut.map { Array($0.lowercased().utf8) }
    dialogue = rules.dialogue.map { Array($0.lowercased().utf8) }
  }

  /// - Parameters:
  ///   - style: the field as it stands in the file.
  ///   - effect: likewise; programs that animate lyrics name themselves there.
  mutating func leavesOut(style: ArraySlice<UInt8>, effect: ArraySlice<UInt8>) -> Bool {
    let effect = effect.trimmed
    if ["karaoke", "template", "fx"].contains(where: { effect.hasPrefix(ignoringCase: $0) }) {
      return true
    }
    if let answer = known[style] { return answer }
    var name = style.trimmed
    // A star marks a style that an editor did not find.
    while name.first == UInt8(ascii: "*") { name = name.dropFirst() }
    let lowered = Array(name.string.lowercased().utf8)
    let answer =
      lowered.count <= Self.nameLimit
      && !dialogue.contains { Self.matches($0, lowered) }
      && leftOut.contains { Self.matches($0, lowered) }
    known[style] = answer
    return answer
  }

  private static let nameLimit = 200

  /// `*` stands for any text, `?` for a character; takes at most the product of both lengths.
  static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var (p, n) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == name[n] || pattern[p] == UInt8(ascii: "?") {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (p, n) = (last.pattern + 1, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
