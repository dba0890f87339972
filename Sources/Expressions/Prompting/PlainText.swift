/// Text of unknown origin made harmless: one line without invisible characters.
enum PlainText {
  /// One line: control characters and line ends become spaces, runs of spaces one space; marks
  /// that turn the direction of writing, zero-width and tag characters go.
  ///
  /// The joiners that Persian and Indic words or emoji need stay inside such words.
  /// - Parameter limit: most scalars; the rest is cut.
  static func line(_ text: some StringProtocol, limit: Int = .max) -> String {
    var line = String.UnicodeScalarView()
    var count = 0
    var isSpacePending = false
    var joiner: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar.value == 0x200C || scalar.value == 0x200D {
        joiner = isSpacePending || line.last?.isASCII != false ? nil : scalar
        continue
      }
      if isInvisible(scalar) { continue }
      if isBlank(scalar) {
        isSpacePending = !line.isEmpty
        joiner = nil
        continue
      }
      guard count + (isSpacePending ? 1 : 0) < limit else { break }
      if isSpacePending {
        line.append(" ")
        count += 1
      } else if let joiner, !scalar.isASCII {
        line.append(joiner)
        count += 1
      }
      (isSpacePending, joiner) = (false, nil)
      line.append(scalar)
      count += 1
    }
    return String(line)
  }

  /// `line` with other brackets in place of those that prompts mark their parts with.
  static func quoted(_ text: some StringProtocol, limit: Int = .max) -> String {
    var quoted = String.UnicodeScalarView()
    for scalar in line(text, limit: limit).unicodeScalars {
      switch scalar {
      case "<": quoted.append("\u{2039}")
      case ">": quoted.append("\u{203A}")
      case "[": quoted.append("(")
      case "]": quoted.append(")")
      default: quoted.append(scalar)
      }
    }
    return String(quoted)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}
