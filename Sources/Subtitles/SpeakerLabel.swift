/// A name that stands before what is said: `JOHN:`, `MAN 2:`, `McCOY:`.
struct SpeakerLabel {
  var name: String
  /// The line without the name, with its dash.
  var rest: ArraySlice<Unicode.Scalar>

  private static let lengthLimit = 30
  /// Words before a colon that name nobody.
  private static let headings: Set<String> = [
    "ANSWER", "ATTENTION", "ATTN", "CAUTION", "DANGER", "FROM", "FYI", "NOTE", "OK", "PS", "P.S.",
    "QUESTION", "RE", "TO", "UPDATE", "WARNING",
  ]

  init?(_ line: ArraySlice<Unicode.Scalar>) {
    let hasDash = line.first?.isSpeakerDash ?? false
    let speech = hasDash ? line.dropFirst().trimmed : line
    guard let colon = speech.prefix(Self.lengthLimit + 1).firstIndex(of: ":") else { return nil }
    let name = speech[..<colon].trimmed
    let rest = speech[(colon + 1)...]
    guard rest.first?.isBlank ?? true, Self.isName(name) else { return nil }
    // "MISSION: IMPOSSIBLE" is a title, where a dash doesn't tell that somebody speaks.
    guard hasDash || !rest.isAllCaps else { return nil }
    self.name = name.text
    self.rest = hasDash ? [line[line.startIndex], " "] + rest.trimmed : rest.trimmed
  }

  private static func isName(_ name: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = name.first, first.isUppercase, name.count(where: \.isLetter) > 1,
      name.split(whereSeparator: \.isBlank).count <= 4,
      name.allSatisfy({ $0.isLetter || $0.isASCIIDigit || $0.isBlank || isNamePunctuation($0) }),
      !headings.contains(name.text)
    else { return false }
    let scottish = [["M", "c"], ["M", "a", "c"]] as [[Unicode.Scalar]]
    let prefix = scottish.first { name.starts(with: $0) }
    return name.dropFirst(prefix?.count ?? 0).isAllCaps
  }

  private static func isNamePunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "'", "\u{2019}", "-", "#", "&", "/": true
    default: false
    }
  }

  // MARK: Brackets

  /// The name that a bracketed group holds, if it looks like one and not like a sound.
  static func name(inBrackets content: ArraySlice<Unicode.Scalar>) -> String? {
    guard content.count <= lengthLimit, content.count(where: \.isLetter) > 1 else { return nil }
    let words = content.split(whereSeparator: \.isBlank)
    guard (1...3).contains(words.count), words[0].first?.isUppercase == true,
      content.allSatisfy({ $0.isLetter || $0.isASCIIDigit || $0.isBlank || isNamePunctuation($0) })
    else { return nil }
    let connecting: Set<String> = ["and", "de", "la", "of", "the", "von"]
    for word in words {
      let lowered = word.text.lowercased()
      let isCapital = word[word.startIndex].isUppercase
      let isNumber = word.allSatisfy { $0.isASCIIDigit || $0 == "#" || $0 == "&" }
      guard isCapital || isNumber || connecting.contains(lowered), !SoundWords.contains(lowered)
      else {
        return nil
      }
    }
    // "Door Opens" is told from "Boon's Mom" by its last word.
    let last = words[words.count - 1].text.lowercased()
    guard words.count == 1 || !last.hasSuffix("s") else { return nil }
    return content.text
  }
}
