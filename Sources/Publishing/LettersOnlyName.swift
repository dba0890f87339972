import Foundation

/// Names that no media server takes for an episode: digits are spelled out, and what file systems or players stumble
/// over is left out. The same input gives the same name, composed (NFC).
package enum LettersOnlyName {
  /// Longest name in UTF-8 bytes; file systems allow 255, and suffixes come on top.
  private static let limit = 80

  /// A folder name for an episode's clips, from its file's stem: "Show.S01E02.Pilot.1080p.WEB" becomes
  /// "Show season one episode two Pilot".
  package static func folder(forStem stem: String) -> String {
    let words = stem.split { $0.isWhitespace || "._[](){}+,;".contains($0) }.map(String.init)
    var kept: [String] = []
    for word in words {
      if !kept.isEmpty, isReleaseTag(word) { break }
      guard let episode = seasonAndEpisode(word) else {
        kept.append(spelled(word))
        continue
      }
      // A long title gives way to what tells its episodes apart.
      let room = limit - min(episode.utf8.count + 1, limit / 2)
      kept = [cut(legible(kept.joined(separator: " ")), to: room), episode]
    }
    var name = unparted(cut(legible(kept.joined(separator: " ")), to: limit), with: " number ")
    // Whole words go, for half of one may be a number again.
    while name.utf8.count > limit, let space = name.lastIndex(of: " ") {
      name = cut(String(name[..<space]), to: limit)
    }
    guard !name.isEmpty else { return "episode" }
    return deviceNames.contains(name.lowercased()) ? name + " episode" : name
  }

  /// A file name stem for a clip: letters for its place, so that a listing is in the order of time whatever comes
  /// between later, and its expressions.
  /// - Parameters:
  ///   - cue: its first cue, from 1.
  ///   - count: how many cues the episode has.
  package static func clip(cue: Int, of count: Int, expressions: [String]) -> String {
    let phrases = cut(legible(expressions.map(spelled).joined(separator: ", ")), to: limit)
    // Letters may make "pt", too.
    return unparted(
      letters(cue - 1, of: count) + " " + (phrases.isEmpty ? "clip" : phrases), with: ", ")
  }

  /// A number below `count`, as wide as all of them, in letters that make no words.
  static func letters(_ number: Int, of count: Int) -> String {
    let digits = Array("bcdfghjklmnpqrstvwxz")
    var rest = max(0, number)
    var capacity = 1
    var text = ""
    repeat {
      text = String(digits[rest % digits.count]) + text
      rest /= digits.count
      capacity *= digits.count
    } while capacity < count || rest > 0
    return text
  }

  // MARK: - Parts

  /// "S01E02", "s1e2e3" or "1x02", spelled out.
  private static func seasonAndEpisode(_ word: String) -> String? {
    let lower = word.lowercased()
    let runs = lower.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    let shape = lower.map { $0.isASCII && $0.isNumber ? "0" : String($0) }.joined()
    let squeezed = shape.reduce(into: "") { if !($0.last == "0" && $1 == "0") { $0.append($1) } }
    guard runs.count >= 2 else { return nil }
    if squeezed == "s0e0" || squeezed == "0x0" || squeezed.hasPrefix("s0e0e")
      || squeezed == "s0e0-e0"
    {
      let episodes = runs.dropFirst().map(spelledNumber).joined(separator: " and ")
      return "season \(spelledNumber(runs[0])) episode \(episodes)"
    }
    return nil
  }

  private static func isReleaseTag(_ word: String) -> Bool {
    let tags: Set<String> = [
      "480p", "576p", "720p", "1080p", "1080i", "2160p", "4k", "uhd", "hdtv", "web", "webrip",
      "web-dl", "webdl", "bluray", "blu-ray", "bdrip", "brrip", "dvdrip", "dvd", "remux", "x264",
      "x265", "h264", "h265", "hevc", "xvid", "aac", "ac3", "dts", "proper", "repack", "internal",
    ]
    return tags.contains(word.lowercased())
  }

  /// Every run of digits in words: "Apollo 13" becomes "Apollo thirteen".
  private static func spelled(_ text: String) -> String {
    var result = ""
    var digits = ""
    func flush() {
      guard !digits.isEmpty else { return }
      if let last = result.last, last.isLetter { result.append(" ") }
      let isPlain = digits.count <= 2
      result +=
        isPlain
        ? spelledNumber(Int(digits) ?? 0)
        : digits.compactMap(\.wholeNumberValue).map(spelledNumber).joined(separator: " ")
      digits = ""
    }
    for character in text {
      // The numbers among the ideographs are words.
      let isWord = character.unicodeScalars.contains(where: \.properties.isIdeographic)
      if !isWord, let value = character.wholeNumberValue, (0...9).contains(value) {
        digits.append(String(value))
      } else {
        if !digits.isEmpty {
          flush()
          if character.isLetter { result.append(" ") }
        }
        result.append(character)
      }
    }
    flush()
    return result
  }

  private static func spelledNumber(_ number: Int) -> String {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    let tens = [
      "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    if number < 20 { return small[max(0, number)] }
    if number < 100 {
      return tens[number / 10] + (number % 10 == 0 ? "" : "-" + small[number % 10])
    }
    return String(number).compactMap(\.wholeNumberValue).map { small[$0] }.joined(separator: " ")
  }

  /// Letters with their marks, pictographs, spaces and a little punctuation.
  private static func legible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var takesMarks = false
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      // What shows nothing: joiners, directions, variants, fillers.
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      let isLetter = scalar.properties.isAlphabetic
      // At the start of a name they would join the slash before it.
      let isMark =
        [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
        || scalar.properties.isGraphemeExtend || scalar.properties.isEmojiModifier
      // Digits, "#" and "*" count as emoji, too.
      let isPictograph = scalar.value > 0xFF && scalar.properties.isEmoji
      if isMark
        ? takesMarks : isLetter || isPictograph || "-,'!&\u{2019}".unicodeScalars.contains(scalar)
      {
        result.append(scalar)
        takesMarks = isMark || isLetter || isPictograph
      } else {
        if let last = result.last, last != " " { result.append(" ") }
        takesMarks = false
      }
    }
    return String(result).precomposedStringWithCanonicalMapping
  }

  /// Begins and ends with something to read.
  private static func cut(_ text: String, to limit: Int) -> String {
    var size = 0
    let fitting = text.drop { " -,".contains($0) }.prefix { character in
      size += character.utf8.count
      return size <= limit
    }
    // A letter that is written before another one would join the dot of the extension.
    let end = fitting.lastIndex { !" -,".contains($0) && "\($0).".count == 2 }
    return end.map { String(fitting[...$0]) } ?? ""
  }

  /// "Part II" and "Part one" number an episode as digits do, unless something comes between.
  private static func unparted(_ name: String, with joint: String) -> String {
    let part =
      /(?i)(^|[^\p{L}])(part|pt)[ -](?=(?:[ivx]+|one|two|three|four|five|six|seven|eight|nine)(?:$|[ -]))/
    return name.replacing(part) { "\($0.1)\($0.2)\(joint)" }
  }

  /// Windows opens a device where a file is called so, whatever its extension.
  private static let deviceNames: Set<String> = [
    "con", "prn", "aux", "nul", "clock", "conin", "conout",
  ]
}
