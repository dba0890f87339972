/// "S01E02", "s01 e02" or "1x02" in a name, in any case: which episode it is of.
///
/// Numbers have up to three digits, after "S" and "E" up to four: seasons may be years, and some series have over a
/// thousand episodes. What looks like "1920x1080" is none.
package struct EpisodeCode: Sendable, Hashable {
  package var season: Int
  package var episode: Int

  /// The first one in a name.
  package init?(in name: String) {
    let letters = Array(name.lowercased().utf8)
    for start in letters.indices {
      let isBorder =
        start == 0 || !letters[start - 1].isASCIILetter && !letters[start - 1].isASCIIDigit
      guard isBorder, let (code, end) = Self.code(letters, at: start),
        end == letters.count || !letters[end].isASCIILetter || letters[end] == UInt8(ascii: "e")
      else { continue }
      self = code
      return
    }
    return nil
  }

  /// Of a text that is nothing else.
  package init?(whole text: String) {
    let letters = Array(text.lowercased().utf8)
    guard let (code, end) = Self.code(letters, at: 0), end == letters.count else { return nil }
    self = code
  }

  private init(season: Int, episode: Int) {
    self.season = season
    self.episode = episode
  }

  private static func code(
    _ letters: [UInt8], at start: Int
  ) -> (code: EpisodeCode, end: Int)? {
    var index = start
    let hasS = index < letters.count && letters[index] == UInt8(ascii: "s")
    if hasS { index += 1 }
    let digits = hasS ? 4 : 3
    guard let season = number(letters, &index, digits: digits) else { return nil }
    if hasS, index < letters.count, letters[index] == UInt8(ascii: " ") { index += 1 }
    guard index < letters.count, letters[index] == (hasS ? UInt8(ascii: "e") : UInt8(ascii: "x"))
    else { return nil }
    index += 1
    guard let episode = number(letters, &index, digits: digits) else { return nil }
    return (EpisodeCode(season: season, episode: episode), index)
  }

  private static func number(_ letters: [UInt8], _ index: inout Int, digits most: Int) -> Int? {
    let digits = letters[index...].prefix(while: \.isASCIIDigit)
    guard (1...most).contains(digits.count) else { return nil }
    index = digits.endIndex
    return digits.wholeNumber
  }
}
