// Cleaning works on scalars: every step is linear, which grapheme breaking on hostile text is not.

extension Unicode.Scalar {
  var isASCIILetter: Bool { isASCII && properties.isAlphabetic }
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isBlank: Bool { properties.isWhitespace }
  /// LF, VT, FF, CR, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR.
  var isLineEnd: Bool {
    (0x0A...0x0D).contains(value) || value == 0x85 || value == 0x2028 || value == 0x2029
  }
  var isLetter: Bool { properties.isAlphabetic }
  /// What two speakers' lines begin with; an em dash goes on with a sentence.
  var isSpeakerDash: Bool { ["-", "\u{2010}", "\u{2011}", "\u{2013}"].contains(self) }
  var isMusic: Bool { ("\u{2669}"..."\u{266C}").contains(self) }
}

extension Sequence<Unicode.Scalar> {
  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: self)
    return String(view)
  }
}

extension ArraySlice<Unicode.Scalar> {
  var trimmed: ArraySlice<Unicode.Scalar> {
    var slice = drop(while: \.isBlank)
    while let last = slice.last, last.isBlank { slice = slice.dropLast() }
    return slice
  }

  /// Letters, of which some are uppercase and none lowercase.
  var isAllCaps: Bool {
    var hasUppercase = false
    for scalar in self {
      if scalar.properties.isLowercase { return false }
      hasUppercase = hasUppercase || scalar.properties.isUppercase
    }
    return hasUppercase
  }
}
