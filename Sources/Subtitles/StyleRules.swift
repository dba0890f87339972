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
  private let leftOut: [NamePattern]
  private let dialogue: [NamePattern]
  private var known: [ArraySlice<UInt8>: Bool] = [:]

  init(_ rules: StyleRules) {
    leftOut = rules.leftOut.map(NamePattern.init)
    dialogue = rules.dialogue.map(NamePattern.init)
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
    let answer =
      name.count <= Self.nameLimit && !dialogue.contains { $0.matches(name.string) }
      && leftOut.contains { $0.matches(name.string) }
    known[style] = answer
    return answer
  }

  /// In bytes.
  private static let nameLimit = 200
}
