extension Unicode.Scalar {
  /// Whether it is of a script that is written without space between words: Chinese characters, kana, Thai, Lao,
  /// Tibetan, Burmese, Khmer.
  package var isOfSpacelessScript: Bool {
    switch value {
    case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF,  // Thai, Lao, Tibetan; Burmese; Khmer
      0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
