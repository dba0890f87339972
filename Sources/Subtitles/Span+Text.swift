// Readers walk the bytes of a file in place: a line is a range of positions, and only what becomes a cue is made a string.

extension UInt8 {
  var isASCIIBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}

/// Eight bytes at a time.
private enum Word {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The high bit of the first byte that is zero, and perhaps of some behind it.
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  static func filled(with byte: UInt8) -> UInt64 { UInt64(byte) &* ones }
}

extension Span<UInt8> {
  private func word(at position: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// Where `first` or `second` is in a part; its end where neither is.
  func position(of first: UInt8, or second: UInt8, in part: Range<Int>) -> Int {
    let (firsts, seconds) = (Word.filled(with: first), Word.filled(with: second))
    var position = part.lowerBound
    while position + 8 <= part.upperBound {
      let word = word(at: position)
      let hits = Word.zeros(word ^ firsts) | Word.zeros(word ^ seconds)
      if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < part.upperBound, self[position] != first, self[position] != second {
      position += 1
    }
    return position
  }

  /// How many control characters in ASCII are like this.
  func count(ofControls isWanted: (UInt8) -> Bool) -> Int {
    let (first, last) = (Word.filled(with: 0x20), Word.filled(with: 0x7F))
    var found = 0
    var position = 0
    while position < count {
      // Words without any are passed at once.
      if position + 8 <= count {
        let word = word(at: position)
        if (word &- first) & ~word & Word.highs | Word.zeros(word ^ last) == 0 {
          position += 8
          continue
        }
      }
      for _ in 0..<Swift.min(8, count - position) {
        if self[position] < 0x20 || self[position] == 0x7F, isWanted(self[position]) { found += 1 }
        position += 1
      }
    }
    return found
  }

  /// Whether a part neither begins nor ends with blanks or line ends, and no two of them follow each other.
  ///
  /// Sometimes it says no though it is so.
  func isTidy(_ part: Range<Int>) -> Bool {
    guard !part.isEmpty, self[part.lowerBound] > 0x20, self[part.upperBound - 1] > 0x20 else {
      return false
    }
    let (blanks, newlines) = (Word.filled(with: 0x20), Word.filled(with: 0x0A))
    var position = part.lowerBound
    while position + 9 <= part.upperBound {
      let (word, next) = (word(at: position), word(at: position + 1))
      let gaps = Word.zeros(word ^ blanks) | Word.zeros(word ^ newlines)
      if gaps & (Word.zeros(next ^ blanks) | Word.zeros(next ^ newlines)) != 0 { return false }
      position += 8
    }
    var wasGap = false
    while position < part.upperBound {
      let isGap = self[position] == 0x20 || self[position] == 0x0A
      if wasGap, isGap { return false }
      wasGap = isGap
      position += 1
    }
    return true
  }

  /// Whether two blanks follow each other in a part.
  func holdsTwoBlanks(in part: Range<Int>) -> Bool {
    let blanks = Word.filled(with: 0x20)
    var position = part.lowerBound
    while position + 9 <= part.upperBound {
      if Word.zeros((word(at: position) ^ blanks) | (word(at: position + 1) ^ blanks)) != 0 {
        return true
      }
      position += 8
    }
    while position + 1 < part.upperBound {
      if self[position] == 0x20, self[position + 1] == 0x20 { return true }
      position += 1
    }
    return false
  }

  /// Without blanks at both ends and byte order marks at the start.
  func trimmed(_ part: Range<Int>) -> Range<Int> {
    var (start, end) = (part.lowerBound, part.upperBound)
    while start < end {
      if self[start].isASCIIBlank {
        start += 1
      } else if self[start] == 0xEF, end - start >= 3, self[start + 1] == 0xBB,
        self[start + 2] == 0xBF
      {
        start += 3
      } else {
        break
      }
    }
    while end > start, self[end - 1].isASCIIBlank { end -= 1 }
    return start..<end
  }

  func string(_ part: Range<Int>) -> String {
    extracting(part).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  func copy(_ part: Range<Int>) -> ArraySlice<UInt8> {
    extracting(part).withUnsafeBufferPointer { Array($0)[...] }
  }

  /// Whether "-->" is in a part.
  func containsArrow(_ part: Range<Int>) -> Bool {
    let (arrow, dash) = (UInt8(ascii: ">"), UInt8(ascii: "-"))
    var start = part.lowerBound
    while true {
      let position = position(of: arrow, or: arrow, in: start..<part.upperBound)
      guard position < part.upperBound else { return false }
      if position >= part.lowerBound + 2, self[position - 1] == dash, self[position - 2] == dash {
        return true
      }
      start = position + 1
    }
  }

  /// The number that a part consists of.
  func wholeNumber(_ part: Range<Int>) -> Int? {
    guard (1...9).contains(part.count) else { return nil }
    var number = 0
    for position in part {
      guard self[position].isASCIIDigit else { return nil }
      number = number * 10 + Int(self[position] - UInt8(ascii: "0"))
    }
    return number
  }

  /// Whether a part begins with `prefix`, which is lowercase, in any ASCII case.
  func hasPrefix(_ prefix: StaticString, in part: Range<Int>) -> Bool {
    prefix.withUTF8Buffer { prefix in
      guard part.count >= prefix.count else { return false }
      for offset in prefix.indices
      where self[part.lowerBound + offset].asciiLowercased != prefix[offset] {
        return false
      }
      return true
    }
  }

  func isEqual(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where self[left.lowerBound + offset] != self[right.lowerBound + offset] {
      return false
    }
    return true
  }
}

extension [UInt8] {
  mutating func append(_ part: Range<Int>, of bytes: Span<UInt8>) {
    bytes.extracting(part).withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
