/// Which language dialogue is in, by its text alone.
///
/// Right on whole files; on little text its confidence says that it may not be. By the letters first, and where
/// several languages share them, by the words that people say most.
package struct LanguageGuess: Sendable, Hashable {
  /// ISO 639-1.
  package var language: String
  /// That it is this language and no other, in percent.
  package var confidence: Int
  /// That it is this language or one that is easily taken for it, such as Danish for Norwegian, in percent.
  package var familyConfidence: Int

  init(_ language: String, _ confidence: Double, family: Double? = nil) {
    self.language = language
    self.confidence = Int((confidence * 100).rounded())
    familyConfidence = Int((max(confidence, family ?? confidence) * 100).rounded())
  }

  /// Nil when there is too little text, or none that is known.
  package static func of(_ cues: [Cue]) -> LanguageGuess? {
    // An even sample: openings and credits are not like the rest.
    let step = max(1, cues.count / sampleCues)
    var text = ""
    for index in stride(from: 0, to: cues.count, by: step) {
      text += cues[index].text
      text += "\n"
      if text.utf8.count > sampleBytes { break }
    }
    return of(text)
  }

  private static let sampleCues = 400
  private static let sampleBytes = 64 * 1_024

  static func of(_ text: String) -> LanguageGuess? {
    let counts = WritingSystem.counts(in: text)
    let letters = counts.values.reduce(0, +)
    guard letters >= leastLetters,
      let (system, count) = counts.max(by: {
        ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
      })
    else { return nil }
    // Japanese mixes its kana with Chinese characters.
    let kana = counts[.kana] ?? 0
    let isJapanese = kana * 12 >= kana + (counts[.han] ?? 0) && kana > 0
    let own =
      (system == .han || system == .kana) && isJapanese ? kana + (counts[.han] ?? 0) : count
    // Of a file in two languages no word says more than that.
    let share = Double(own) / Double(letters)
    let certain = share * enough(Double(own), 30)
    switch system {
    case .hangul: return LanguageGuess("ko", certain)
    case .kana: return LanguageGuess("ja", certain)
    case .han: return LanguageGuess(isJapanese ? "ja" : "zh", certain)
    case .arabic: return arabic(text, certain)
    case .devanagari: return LanguageGuess(devanagari(text), min(certain, 0.9))
    case .latin, .cyrillic: return byWords(text, system, share)
    default: return system.onlyLanguage.map { LanguageGuess($0, certain) }
    }
  }

  private static let leastLetters = 8

  /// Grows from 0 to 1 with the amount of what was seen; a half at `half`.
  private static func enough(_ amount: Double, _ half: Double) -> Double {
    amount / (amount + half / 4)
  }

  // MARK: Words

  private static func byWords(
    _ text: String, _ system: WritingSystem, _ share: Double
  ) -> LanguageGuess? {
    var scores: [String: Double] = [:]
    var words = 0
    var known = 0
    for word in Self.words(of: text) {
      words += 1
      if let languages = table.words[word] {
        known += 1
        // What few languages say tells more.
        for language in languages {
          scores[language, default: 0] += 1 + 2 / Double(languages.count)
        }
      }
      for scalar in word.unicodeScalars where scalar.value > 0x7F {
        guard let languages = table.letters[scalar] else { continue }
        for language in languages { scores[language, default: 0] += 1.5 / Double(languages.count) }
      }
    }
    for scalar in text.unicodeScalars where scalar == "\u{BF}" || scalar == "\u{A1}" {
      scores["es", default: 0] += 1
    }
    let ordered = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard words >= 4, let best = ordered.first else { return nil }
    let family = families.first { $0.contains(best.key) } ?? [best.key]
    let second = ordered.dropFirst().first?.value ?? 0
    let stranger = ordered.first { !family.contains($0.key) }?.value ?? 0
    // In any language at least one word in six is so common that it is listed.
    let fluent = min(1, Double(known) / Double(words) * 6)
    let amount = enough(Double(words), 60) * fluent * share
    return LanguageGuess(
      best.key, amount * certainty(best.value, second),
      family: amount * certainty(best.value, stranger))
  }

  /// From what the first is ahead of the second: 0 when it isn't, nearly 1 when it has a third more.
  private static func certainty(_ first: Double, _ second: Double) -> Double {
    guard first > 0 else { return 0 }
    return min(1, (first - second) / first * 3)
  }

  /// In lowercase; with the apostrophes in them.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.isDiacritic {
        word.append(scalar)
      } else if scalar == "'" || scalar == "\u{2019}", !word.isEmpty {
        word.append("'")
      } else if !word.isEmpty {
        words.append(String(word))
        word = String.UnicodeScalarView()
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }

  private struct Table {
    var words: [String: [String]] = [:]
    var letters: [Unicode.Scalar: [String]] = [:]
  }

  private static let table: Table = {
    var table = Table()
    for row in commonWords.split(separator: "\n") {
      let parts = row.split(separator: " ").map(String.init)
      guard let language = parts.first?.dropLast() else { continue }
      for word in Set(parts.dropFirst()) { table.words[word, default: []].append(String(language)) }
    }
    for row in tellingLetters.split(separator: "\n") {
      let parts = row.split(separator: " ").map(String.init)
      guard let letter = parts.first?.unicodeScalars.first else { continue }
      table.letters[letter] = Array(parts.dropFirst())
    }
    return table
  }()

  /// Languages that little text does not tell apart; one of them may be named for the other.
  static let families: [Set<String>] = [
    ["da", "no"], ["hr", "sr", "bs"], ["id", "ms"], ["cs", "sk"], ["bg", "mk"], ["es", "gl"],
    ["hi", "mr"], ["ar", "fa", "ur"],
  ]

  // MARK: Letters

  private static func arabic(_ text: String, _ certain: Double) -> LanguageGuess {
    var persian = 0
    var urdu = 0
    var letters = 0
    for scalar in text.unicodeScalars where WritingSystem(scalar) == .arabic {
      letters += 1
      switch scalar.value {
      case 0x067E, 0x0686, 0x0698, 0x06AF, 0x06CC, 0x06A9: persian += 1
      case 0x0679, 0x0688, 0x0691, 0x06BA, 0x06BE, 0x06C1, 0x06D2: urdu += 1
      default: break
      }
    }
    if urdu * 25 > letters { return LanguageGuess("ur", certain) }
    return LanguageGuess(persian * 25 > letters ? "fa" : "ar", certain)
  }

  private static func devanagari(_ text: String) -> String {
    let marathi = ["आहे", "नाही", "आणि", "मी", "काय", "तू", "आम्ही", "होता", "होते", "मला"]
    let hindi = ["है", "नहीं", "और", "मैं", "क्या", "हैं", "हूँ", "मुझे", "था", "को", "की", "का"]
    let words = text.split { $0.isWhitespace || $0.isPunctuation }.map(String.init)
    return words.count(where: marathi.contains) > words.count(where: hindi.contains) ? "mr" : "hi"
  }
}
