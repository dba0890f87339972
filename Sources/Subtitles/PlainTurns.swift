/// What people say in an entry that holds nothing but words and ASCII dashes, as most entries do: found in place.
///
/// Gives what `SpeakerTurns` gives; what could be a note, a song or a name is not read here.
struct PlainTurns {
  /// Lines without dashes, of one turn after the other.
  private(set) var lines = Scratch<Range<Int>>()
  /// Which of them each turn has; none is empty.
  private(set) var turns = Scratch<Range<Int>>()

  private var source = Scratch<Range<Int>>()
  private var divided = Scratch<Range<Int>>()
  private var starts = Scratch<Bool>()

  private static let dash = UInt8(ascii: "-")

  /// Whether a text is one turn just as it stands.
  static func isOne(_ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits) -> Bool {
    traits.isDisjoint(with: [.bracket, .song, .colon, .angle, .dash, .wideMark])
      && bytes.isTidy(text)
  }

  /// Whether it could be read.
  ///
  /// - Parameters:
  ///   - text: holds no wide mark.
  ///   - couldLeaveOne: whether more people spoke before others' lines were taken out.
  mutating func read(
    _ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits, couldLeaveOne: Bool = false
  ) -> Bool {
    lines.clear()
    turns.clear()
    guard findLines(text, of: bytes, traits) else { return false }
    return source.isEmpty || collect(bytes, couldLeaveOne: couldLeaveOne)
  }

  /// How many people speak, where that can be told here.
  mutating func count(
    _ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits
  ) -> Int? {
    guard findLines(text, of: bytes, traits) else { return nil }
    return max(1, starts.count { $0 })
  }

  private mutating func findLines(
    _ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits
  ) -> Bool {
    divide(text, of: bytes)
    for line in source where !isPlain(line, of: bytes, traits) { return false }
    if traits.contains(.dash), !source.isEmpty {
      return divideAtDashes(bytes) && findStarts(bytes)
    }
    starts.clear()
    for index in source.indices { starts.append(index == 0) }
    return true
  }

  /// Blanks, brackets and notes beyond ASCII.
  static func holdsWideMark(_ text: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    for position in text where bytes[position] >= 0xC2 && position + 1 < text.upperBound {
      let second = bytes[position + 1]
      let third = position + 2 < text.upperBound ? bytes[position + 2] : 0
      switch (bytes[position], second) {
      case (0xC2, 0xA0), (0xC2, 0x85), (0xE1, 0x9A), (0xE2, 0x81), (0xE2, 0x99): return true
      // Blanks and line ends; 0x90 to 0x94 are dashes, and matter where a line begins.
      case (0xE2, 0x80): if third <= 0x8A || (0xA8...0xAF).contains(third) { return true }
      case (0xE3, 0x80): if third == 0x80 || third == 0x90 { return true }
      case (0xEF, 0xBC): if third == 0x88 || third == 0xBB { return true }
      default: break
      }
    }
    return false
  }

  /// Trimmed lines that are not empty.
  private mutating func divide(_ text: Range<Int>, of bytes: Span<UInt8>) {
    let newline = UInt8(ascii: "\n")
    source.clear()
    var start = text.lowerBound
    while start < text.upperBound {
      let end = bytes.position(of: newline, or: newline, in: start..<text.upperBound)
      let line = Self.trimmed(start..<end, of: bytes)
      if !line.isEmpty { source.append(line) }
      start = end + 1
    }
  }

  private static func trimmed(_ line: Range<Int>, of bytes: Span<UInt8>) -> Range<Int> {
    var (start, end) = (line.lowerBound, line.upperBound)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  private func isPlain(
    _ line: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits
  ) -> Bool {
    if Self.beginsWithWideDash(line, of: bytes) { return false }
    if traits.contains(.angle), line.count > 1, bytes[line.lowerBound] == UInt8(ascii: ">"),
      bytes[line.lowerBound + 1] == UInt8(ascii: ">")
    {
      return false
    }
    return !traits.contains(.colon) || !Self.couldHoldName(line, of: bytes)
  }

  /// Names are in capitals, but for the "c" of "McCOY".
  private static func couldHoldName(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    let mark = UInt8(ascii: ":")
    let colon = bytes.position(of: mark, or: mark, in: line)
    guard colon < line.upperBound else { return false }
    guard colon + 1 == line.upperBound || bytes[colon + 1] == 0x20 else { return false }
    var lowercase = 0
    for position in line.lowerBound..<colon
    where bytes[position].isASCIILetter && bytes[position] & 0x20 != 0 {
      lowercase += 1
    }
    return lowercase < 3
  }

  private static func beginsWithWideDash(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    line.count >= 3 && isWideDash(line.lowerBound, of: bytes, to: 0x94)
  }

  /// From the hyphen to the en dash, or to another.
  private static func isWideDash(
    _ position: Int, of bytes: Span<UInt8>, to last: UInt8 = 0x93
  ) -> Bool {
    bytes[position] == 0xE2 && bytes[position + 1] == 0x80
      && (0x90...last).contains(bytes[position + 2])
  }

  // MARK: Dashes

  /// "- Who is it? - Me." is two lines, where any line of the entry begins with a dash.
  private mutating func divideAtDashes(_ bytes: Span<UInt8>) -> Bool {
    guard source.contains(where: { bytes[$0.lowerBound] == Self.dash }) else { return true }
    divided.clear()
    for line in source {
      var start = line.lowerBound
      var from = start + 1
      while from < line.upperBound {
        let position = bytes.position(of: Self.dash, or: Self.dash, in: from..<line.upperBound)
        guard position < line.upperBound else { break }
        from = position + 1
        guard bytes[position - 1] == 0x20, from < line.upperBound else { continue }
        var last = position - 1
        while last > line.lowerBound, bytes[last] == 0x20 { last -= 1 }
        guard last > line.lowerBound, Self.endsSentence(at: last, of: bytes) else { continue }
        guard bytes[from] < 0x80 else { return false }
        guard bytes[from] == 0x20 || bytes[from].isASCIILetter else { continue }
        divided.append(Self.trimmed(start..<position, of: bytes))
        start = position
      }
      divided.append(start..<line.upperBound)
    }
    swap(&source, &divided)
    return true
  }

  /// Whether the character that ends at a position is "." "?" "!" or an ellipsis.
  private static func endsSentence(at position: Int, of bytes: Span<UInt8>) -> Bool {
    switch bytes[position] {
    case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"): true
    case 0xA6: position >= 2 && bytes[position - 1] == 0x80 && bytes[position - 2] == 0xE2
    default: false
    }
  }

  /// Which lines begin with another speaker than the one before.
  private mutating func findStarts(_ bytes: Span<UInt8>) -> Bool {
    starts.clear()
    starts.append(true)
    guard source.count > 1 else { return true }
    let opensWithDash = bytes[source[0].lowerBound] == Self.dash
    for index in source.indices.dropFirst() {
      let line = source[index]
      guard bytes[line.lowerBound] == Self.dash,
        line.count == 1 || bytes[line.lowerBound + 1] != Self.dash
      else {
        starts.append(false)
        continue
      }
      if opensWithDash {
        starts.append(true)
        continue
      }
      switch Self.end(of: source[index - 1], of: bytes) {
      case .dash: starts.append(false)
      case .sentence: starts.append(true)
      case .other:
        var isLower = false
        for position in line {
          let byte = bytes[position]
          // Whether it is a letter, and of which case, is not told here.
          guard byte < 0x80 else { return false }
          if byte.isASCIILetter || byte.isASCIIDigit {
            isLower = byte.isASCIILetter && byte & 0x20 != 0
            break
          }
        }
        starts.append(!isLower)
      }
    }
    return true
  }

  private enum End {
    /// "some-" and "-thing" are one word.
    case dash
    case sentence
    case other
  }

  /// What a line ends with, quotes aside.
  private static func end(of line: Range<Int>, of bytes: Span<UInt8>) -> End {
    var end = line.upperBound
    while end > line.lowerBound {
      let last = bytes[end - 1]
      let isWide = last >= 0x80 && end - line.lowerBound >= 3
      if last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") || last == UInt8(ascii: ")") {
        end -= 1
      } else if isWide, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x80,
        last == 0x9D || last == 0x99
      {
        end -= 3
      } else if last == dash || isWide && isWideDash(end - 3, of: bytes) {
        return .dash
      } else if isWide {
        switch (bytes[end - 3], bytes[end - 2], last) {
        case (0xE2, 0x80, 0xA6), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x9F), (0xEF, 0xBC, 0x81):
          return .sentence
        default: return .other
        }
      } else {
        return endsSentence(at: end - 1, of: bytes) ? .sentence : .other
      }
    }
    return .sentence
  }

  // MARK: Turns

  private mutating func collect(_ bytes: Span<UInt8>, couldLeaveOne: Bool) -> Bool {
    let isSeveral = starts.count { $0 } > 1
    var first = 0
    for (line, isStart) in zip(source, starts) {
      var words = line
      if isStart, isSeveral || couldLeaveOne {
        if bytes[line.lowerBound] == Self.dash {
          words = Self.trimmed(line.dropFirst(), of: bytes)
          if Self.beginsWithWideDash(words, of: bytes) { return false }
        }
        if lines.count > first { turns.append(first..<lines.count) }
        first = lines.count
      }
      if Self.saysSomething(words, of: bytes) { lines.append(words) }
    }
    if lines.count > first { turns.append(first..<lines.count) }
    return true
  }

  /// Whether there is more than dashes and blanks.
  private static func saysSomething(_ words: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    var position = words.lowerBound
    while position < words.upperBound {
      let byte = bytes[position]
      if byte == 0x20 || byte == dash {
        position += 1
      } else if byte == 0xE2, isWideDash(position, of: bytes) {
        position += 3
      } else {
        return true
      }
    }
    return false
  }
}
