/// Names of languages, as tracks, file names and settings write them.
package enum LanguageTag {
  /// The ISO 639-1 code of a language given by an ISO 639 code, a BCP 47 tag or its English or
  /// native name, in any case; nil for "und" and what is not known.
  package static func primary(_ text: String) -> String? {
    guard text.utf8.count <= 80 else { return nil }
    let name = Array(text.unicodeScalars)[...].trimmed.text.lowercased()
    if let code = codes[name] { return code }
    if let code = codeOfTag(name) { return code }
    // "Portuguese (Brazil)", "English [SDH]"
    guard let bracket = name.unicodeScalars.firstIndex(where: { $0 == "(" || $0 == "[" }) else {
      return nil
    }
    return codes[Array(name.unicodeScalars[..<bracket])[...].trimmed.text]
  }

  /// Of a tag such as "pt_BR", "zh-Hans-CN" or "es-419".
  private static func codeOfTag(_ tag: String) -> String? {
    let parts = tag.utf8.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == 0x2D || $0 == 0x5F })
    guard parts.count > 1, (2...3).contains(parts[0].count) else { return nil }
    let isRest = parts.dropFirst().allSatisfy { part in
      let isLetters = part.allSatisfy(\.isASCIILetter)
      return isLetters && (part.count == 2 || part.count == 4)
        || part.count == 3 && part.allSatisfy(\.isASCIIDigit)
    }
    return isRest ? codes[String(Substring(parts[0]))] : nil
  }

  /// The English name of a language by its code, such as "German" for "de".
  package static func englishName(of code: String) -> String? { englishNames[code] }

  private static let englishNames: [String: String] = {
    var englishNames: [String: String] = [:]
    for row in table.split(separator: "\n") {
      let names = row.split(separator: ",").map { Array($0.unicodeScalars)[...].trimmed.text }
      // The codes come first, in lowercase.
      let name = names.first { $0.unicodeScalars.first?.properties.isUppercase ?? false }
      if englishNames[names[0]] == nil { englishNames[names[0]] = name }
    }
    return englishNames
  }()

  private static let codes: [String: String] = {
    var codes: [String: String] = [:]
    for row in table.split(separator: "\n") {
      let names = row.split(separator: ",").map {
        Array($0.unicodeScalars)[...].trimmed.text.lowercased()
      }
      for name in names where codes[name] == nil { codes[name] = names[0] }
    }
    return codes
  }()
}
