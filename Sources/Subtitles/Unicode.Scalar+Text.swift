// Cleaning works on scalars: every step is linear, which grapheme breaking on hostile text is not.

extension Unicode.Scalar {
  // Looking properties up is slow, and most text is in ASCII.
  var isASCIILetter: Bool { isASCII && UInt8(truncatingIfNeeded: value).isASCIILetter }
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isBlank: Bool {
    isASCII ? UInt8(truncatingIfNeeded: value).isASCIIBlank : properties.isWhitespace
  }
  /// LF, VT, FF, CR, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR.
  var isLineEnd: Bool {
    (0x0A...0x0D).contains(value) || value == 0x85 || value == 0x2028 || value == 0x2029
  }
  var isLetter: Bool { isASCII ? isASCIILetter : properties.isAlphabetic }
  var isUppercase: Bool { isASCII ? ("A"..."Z").contains(self) : properties.isUppercase }
  var isLowercase: Bool { isASCII ? ("a"..."z").contains(self) : properties.isLowercase }
  /// What two speakers' lines begin with; an em dash goes on with a sentence.
  var isSpeakerDash: Bool {
    switch self {
    case "-", "\u{2010}", "\u{2011}", "\u{2013}": true
    default: false
    }
  }
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
      if scalar.isLowercase { return false }
      hasUppercase = hasUppercase || scalar.isUppercase
    }
    return hasUppercase
  }
}
