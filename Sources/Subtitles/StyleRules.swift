/// Tells the styles of signs and songs from those of dialogue, in ASS files.
package struct StyleRules: Sendable, Hashable {
  /// Patterns of style names that are left out, with `*` and `?`, in any case.
  package var leftOut: [String]

  package init(leftOut: [String] = usual) {
    self.leftOut = leftOut
  }

  /// Names that typesetters give to what nobody says.
  package static let usual = [
    "sign", "signs", "sign *", "sign-*", "sign_*", "* sign", "* signs", "*-sign", "*-signs",
    "*_sign", "*_signs", "op", "ed", "op *", "ed *", "op-*", "ed-*", "op_*", "ed_*", "opening*",
    "ending*", "song*", "*karaoke*", "*romaji*", "*kanji*", "title", "titles", "title *", "*_title",
    "eyecatch*", "insert song*", "note", "notes", "tl note*", "credit*",
  ]
}
