/// What bytes and pairs of bytes occur in a text, found in one walk over it.
struct TextTraits: OptionSet {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  /// What `Markup` has to look at: tags, overrides, escapes, entities and control characters.
  static let markup = TextTraits(rawValue: 1 << 0)
  /// The first byte of some marks, blanks or control characters beyond ASCII.
  static let wideMark = TextTraits(rawValue: 1 << 1)
  /// What may hold a note.
  static let bracket = TextTraits(rawValue: 1 << 2)
  /// What may begin a song.
  static let song = TextTraits(rawValue: 1 << 3)
  static let colon = TextTraits(rawValue: 1 << 4)
  static let angle = TextTraits(rawValue: 1 << 5)
  static let dash = TextTraits(rawValue: 1 << 6)

  // Bytes have two more kinds of bits: which of the pairs they can begin (from 16 on), and which they can end (from 40
  // on). The latter stand for the pairs in the traits of a text.

  private static let bytesAlone: UInt64 = 0xFFFF
  private static let pairShift: UInt64 = 24
  private static let firstEnd: UInt64 = 40

  /// Of each word that advertising is told by there is one here, as seldom as can be in dialogue.
  private static let pairs = [
    "bt", "c7", "dn", "bs", "fy", ".m", "dv", "ip", "xy", "by", "oa", "ww", "tp",
  ].map { Array($0.utf8) }

  /// Which of the pairs are in a word, which is in lowercase.
  static func pairs(of word: String) -> TextTraits {
    let bytes = Array(word.utf8)
    let all = Finder().traits(of: 0..<bytes.count, in: bytes.span)
    return TextTraits(rawValue: all.rawValue & ~bytesAlone)
  }

  private static func ofByte(_ byte: UInt8) -> TextTraits {
    var bits: UInt64 = 0
    for (number, pair) in pairs.enumerated() {
      let first = firstEnd - pairShift + UInt64(number)
      if byte.asciiLowercased == pair[0] { bits |= 1 << first }
      if byte.asciiLowercased == pair[1] { bits |= 1 << (first + pairShift) }
    }
    return TextTraits(rawValue: bits).union(alone(byte))
  }

  private static func alone(_ byte: UInt8) -> TextTraits {
    switch byte {
    case UInt8(ascii: "\n"): []
    case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "\\"), UInt8(ascii: "&"): .markup
    case 0..<0x20, 0x7F: .markup
    case 0xC2, 0xE2, 0xEF: [.markup, .wideMark]
    case 0xE1, 0xE3: .wideMark
    case UInt8(ascii: "["), UInt8(ascii: "("): .bracket
    case UInt8(ascii: "#"): .song
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: ">"): .angle
    case UInt8(ascii: "-"): .dash
    default: []
    }
  }

  /// Finds the traits of texts.
  struct Finder {
    /// By byte; made once.
    private static let table = (0...255).map { TextTraits.ofByte(UInt8($0)).rawValue }

    private let table = Self.table

    func traits(of text: Range<Int>, in bytes: Span<UInt8>) -> TextTraits {
      let table = table.span
      let part = bytes.extracting(text)
      var found: UInt64 = 0
      var pairs: UInt64 = 0
      var previous: UInt64 = 0
      for position in part.indices {
        // The table has an entry for every byte.
        let bits = table[unchecked: Int(part[position])]
        found |= bits
        pairs |= previous &<< TextTraits.pairShift & bits
        previous = bits
      }
      let isPair = ~UInt64(0) << TextTraits.firstEnd
      return TextTraits(rawValue: found & TextTraits.bytesAlone | pairs & isPair)
    }

    /// Where the first byte with a trait is in a part; its end where none is.
    func position(of trait: TextTraits, in part: Range<Int>, _ bytes: Span<UInt8>) -> Int {
      let table = table.span
      var position = part.lowerBound
      while position < part.upperBound,
        table[unchecked: Int(bytes[position])] & trait.rawValue == 0
      {
        position += 1
      }
      return position
    }
  }

  var holdsPairs: Bool { rawValue & ~Self.bytesAlone != 0 }
}
