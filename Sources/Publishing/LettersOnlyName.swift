/// Names that no media server takes for an episode: digits are spelled out, and what file systems or players stumble
/// over is left out.
package enum LettersOnlyName {
  /// Longest name in UTF-8 bytes; file systems allow 255, and suffixes come on top.
  private static let limit = 80

  /// A folder name for an episode's clips, from its file's stem: "Show.S01E02.Pilot.1080p.WEB" becomes
  /// "Show season one episode two Pilot".
  package static func folder(forStem stem: String) -> String {
    let words = stem.split { $0.isWhitespace || "._[](){}+,;".contains($0) }.map(String.init)
    var kept: [String] = []
    var hasEpisode = false
    for word in words {
      if hasEpisode || !kept.isEmpty, isReleaseTag(word) { break }
      if let spelled = seasonAndEpisode(word) {
        kept.append(spelled)
        hasEpisode = true
      } else {
        kept.append(spelled(word))
      }
    }
    return cleaned(kept.joined(separator: " "), fallback: "episode")
  }

  /// A file name stem for a clip: letters for its place, so that a listing is in the order of time whatever comes
  /// between later, and its expressions.
  /// - Parameters:
  ///   - cue: its first cue, from 1.
  ///   - count: how many cues the episode has.
  package static func clip(cue: Int, of count: Int, expressions: [String]) -> String {
    let phrases = expressions.map(spelled).joined(separator: ", ")
    return letters(cue - 1, of: count) + " " + cleaned(phrases, fallback: "clip")
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
      if let value = character.wholeNumberValue, (0...9).contains(value) {
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

  /// Letters, spaces and a little punctuation; no leading dot, no trailing dot or space, not too long.
  private static func cleaned(_ text: String, fallback: String) -> String {
    var result = ""
    for character in text {
      let isKept =
        character.isLetter
        || (!character.isASCII && character.unicodeScalars.allSatisfy(\.properties.isEmoji))
        || "-,'!&\u{2019}".contains(character)
      // The replacement character stands for bytes of the name that are no UTF-8.
      let next: Character = isKept && character != "\u{FFFD}" ? character : " "
      if next == " ", result.isEmpty || result.last == " " { continue }
      if result.utf8.count + next.utf8.count > limit { break }
      result.append(next)
    }
    let trimmed = result.drop { " -,".contains($0) }
    let end = trimmed.lastIndex { !" -,".contains($0) }
    return end.map { String(trimmed[...$0]) } ?? fallback
  }
}
