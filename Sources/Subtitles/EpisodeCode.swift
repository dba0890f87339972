/// "s01e02" or "1x02" in a name: which episode it is of.
struct EpisodeCode: Equatable {
  var season: Int
  var episode: Int

  /// - Parameter name: in lowercase.
  init?(_ name: String) {
    let letters = Array(name.utf8)
    for start in letters.indices {
      let isBorder =
        start == 0 || !letters[start - 1].isASCIILetter && !letters[start - 1].isASCIIDigit
      guard isBorder else { continue }
      var index = start
      let hasS = letters[index] == UInt8(ascii: "s")
      if hasS { index += 1 }
      guard let season = Self.number(letters, &index), index < letters.count,
        letters[index] == (hasS ? UInt8(ascii: "e") : UInt8(ascii: "x"))
      else { continue }
      index += 1
      guard let episode = Self.number(letters, &index),
        index == letters.count || !letters[index].isASCIILetter
          || letters[index] == UInt8(ascii: "e")
      else { continue }
      self.season = season
      self.episode = episode
      return
    }
    return nil
  }

  private static func number(_ letters: [UInt8], _ index: inout Int) -> Int? {
    let digits = letters[index...].prefix(while: \.isASCIIDigit)
    guard (1...3).contains(digits.count) else { return nil }
    index = digits.endIndex
    return digits.wholeNumber
  }
}
