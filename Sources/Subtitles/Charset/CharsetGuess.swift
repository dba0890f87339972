/// Finds the charset of bytes that are in no Unicode encoding.
///
/// Each charset that converts the bytes without errors is judged by the text that comes of it: is that a language that
/// people write in it, with the letters of that language and no others? ICU's statistics and a hint count too.
struct CharsetGuess {
  var charset: String
  /// In percent.
  var confidence: Int

  /// - Parameters:
  ///   - raw: of which a part is looked at.
  ///   - language: what the text is expected to be in.
  /// - Returns: nil where no charset gives a text.
  init?(_ raw: [UInt8], language hint: String?) {
    let sample = Self.sample(of: raw)
    let statistics = CharsetStatistics.matches(in: sample).reduce(into: [String: Int]()) {
      let charset = CharsetTable.reading(of: $1.charset)
      $0[charset] = max($0[charset] ?? 0, $1.confidence)
    }
    var rivals: [(charset: String, score: Double, text: [UInt8])] = []
    for (charset, languages) in CharsetTable.languages {
      guard let conversion = CharsetConverter.convert(sample[...], from: charset) else { continue }
      let text = String(decoding: conversion.bytes, as: UTF8.self)
      guard let evidence = Evidence(text, errors: conversion.errors) else { continue }
      let score = evidence.score(
        languages, hint: hint, statistics: Double(statistics[charset] ?? 0))
      rivals.append((charset, score, conversion.bytes))
    }
    // The first of equals, which is the more usual one.
    guard let best = rivals.max(by: { $0.score < $1.score }) else { return nil }
    guard best.score >= Self.leastScore else {
      // In western languages most letters are in ASCII; of anything else some evidence is due.
      let high = sample.count { $0 >= 0xC0 }
      guard high < 16 || high * 2 < sample.count(where: \.isASCIILetter) else { return nil }
      charset = "windows-1252"
      confidence = 20
      return
    }
    let first = rivals.first { $0.score == best.score } ?? best
    charset = first.charset
    // One that gives the same text is no rival.
    let second = rivals.filter { $0.text != first.text }.map(\.score).max() ?? 0
    let lead = first.score - max(0, second)
    confidence = Int(min(99, max(5, min(first.score * 0.8, 40 + lead * 1.2))))
  }

  private static let leastScore = 30.0
  private static let sampleBytes = 48 * 1_024

  /// The lines that tell something, which are those that are not in ASCII.
  private static func sample(of raw: [UInt8]) -> [UInt8] {
    var sample: [UInt8] = []
    for line in TextLines(raw) where line.contains(where: { $0 >= 0x80 }) {
      guard sample.count + line.count < sampleBytes else {
        if sample.isEmpty { sample = Array(line.prefix(sampleBytes)) }
        break
      }
      sample += line
      sample.append(0x0A)
    }
    return sample
  }

  // MARK: - What a text says

  private struct Evidence {
    private let guess: LanguageGuess?
    /// Share of the letters beyond ASCII that are odd company for the others.
    private let oddShare: Double
    private let quality: Double

    /// Nil for what is no text.
    init?(_ text: String, errors: Int) {
      var high = 0
      var odd = 0
      var han = 0
      var common = 0
      var hangul = 0
      var isAfterLetter = false
      var isAfterLower = false
      for scalar in text.unicodeScalars {
        let isLetter = scalar.properties.isAlphabetic
        if scalar.value > 0x7F {
          high += 1
          switch WritingSystem(scalar) {
          case .han:
            han += 1
            if commonHan.contains(scalar) { common += 1 }
          case .hangul:
            hangul += 1
            // Single letters of Korean are seldom written.
            if scalar.value < 0xAC00 { odd += 1 }
          // A capital within a word, and a sign next to a letter, come of a wrong charset.
          case .some where isAfterLower && scalar.properties.isUppercase: odd += 1
          case nil where !Self.punctuation.contains(scalar):
            odd += isLetter ? 1 : isAfterLetter ? 2 : 1
            if Self.isNoText(scalar) { odd += 20 }
          default: break
          }
        }
        isAfterLetter = isLetter
        isAfterLower = scalar.properties.isLowercase
      }
      guard errors * 300 <= high + 299 else { return nil }
      let guess = LanguageGuess.of(text)
      oddShare = min(1, Double(odd) / Double(max(1, high)))
      switch guess?.language {
      // In Chinese, one character in six is one of these.
      case "zh": quality = min(1, Double(common) * 9 / Double(max(1, han)))
      case "ko": quality = max(0, 1 - 4 * Double(han) / Double(max(1, hangul + han)))
      case let language?:
        // Languages with letters of their own are told by these, which the wrong charset gives too.
        quality = commonWords[language].map { Self.share(of: $0, in: text) } ?? 1
      case nil: quality = 1
      }
      self.guess = guess
    }

    /// How well a text is furnished with words, from a little to 1.
    private static func share(of words: Set<String>, in text: String) -> Double {
      let found = text.split { !$0.isLetter }.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
      let share =
        Double(found.count { words.contains($0.lowercased()) }) / Double(max(1, found.count))
      return min(1, 0.15 + share * 8)
    }

    /// About 0 to 140.
    func score(_ languages: Set<String>, hint: String?, statistics: Double) -> Double {
      var score = 0.4 * statistics - 120 * oddShare
      if let guess, languages.contains(guess.language) {
        score += Double(guess.familyConfidence) * 0.8 * quality
        if guess.language == hint { score += 15 }
      }
      if let hint, languages.contains(hint), guess.map({ $0.language == hint }) ?? true {
        score += 10
      }
      return score
    }

    /// What stands beside letters in any language's subtitles.
    private static let punctuation = Set(
      "\u{2018}\u{2019}\u{201A}\u{201C}\u{201D}\u{201E}\u{2026}\u{2013}\u{2014}\u{2015}«»¿¡♪♫♬♩°€£¥©®™½¼¾·•†\u{A0}\u{AD}‹›\u{3000}、。「」『』【】〈〉《》・！？…，．：；（）〔〕～―ー∼！／＊\u{200E}\u{200F}،؛؟ºª"
        .unicodeScalars)

    private static func isNoText(_ scalar: Unicode.Scalar) -> Bool {
      (0x80...0x9F).contains(scalar.value) || (0xE000...0xF8FF).contains(scalar.value)
        || scalar.value == 0xFFFD
    }
  }

  private static let commonWords: [String: Set<String>] = [
    "el": words(
      "και να το δεν θα σε με μου είναι τι για ο η τα που του σου από είμαι στο ναι όχι εδώ πού έχω μας εγώ πώς"
    ),
    "he": words(
      "לא אני זה את הוא מה של על כן אתה לי יש עם היא לך אם אבל כל רק הם אז טוב פה איפה למה כמו שלי אנחנו"
    ),
    "ar": words(
      "لا من في ما هذا أن على أنا نعم هل إلى لم كان أنت هو لقد إنه يا هي ماذا عن هنا مع كل لك قد ليس هذه أين"
    ),
    "fa": words(
      "من که به این از را تو و نه اون در چی با باید است برای می هم یه ما اگه نمی خوب هست بود چرا بله آره"
    ),
  ]

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }

  /// The most common characters of Chinese, simplified and traditional.
  private static let commonHan = Set(
    "的一是不了人我在有他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着著去之过過家学學对對可她里裡后後小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手十用主行方又如前所本见見经經头頭面公同三已老从從动動两兩长長知什吗嗎吧呢啊谢謝请請给給让讓"
      .unicodeScalars)
}
