/// Bytes of a text file, brought to UTF-8.
package struct DecodedText {
  /// Valid UTF-8 without a byte order mark.
  var bytes: [UInt8]
  var charset: CharsetDecision

  /// A small text file, such as a list that a person keeps; nil for binary data and for a charset that is not read.
  package static func text(_ bytes: [UInt8]) -> String? {
    guard let decoded = try? DecodedText(bytes) else { return nil }
    return String(decoding: decoded.bytes, as: UTF8.self)
  }

  /// Byte order marks first, then UTF-16 by where its zeros lie, UTF-8, and windows-1252.
  /// - Parameters:
  ///   - language: a hint.
  ///   - forced: the charset that a person says it is.
  init(
    _ raw: [UInt8], language: String? = nil, forced: String? = nil
  ) throws(SubtitleError) {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.init(utf8: raw.dropFirst(3))
    } else if raw.starts(with: [0xFF, 0xFE]) {
      self.init(utf16: raw.dropFirst(2), isBigEndian: false)
    } else if raw.starts(with: [0xFE, 0xFF]) {
      self.init(utf16: raw.dropFirst(2), isBigEndian: true)
    } else if let isBigEndian = Self.utf16WithoutMark(raw) {
      self.init(utf16: raw[...], isBigEndian: isBigEndian)
    } else {
      try self.init(unmarked: raw)
    }
    guard !Self.isBinary(bytes) else { throw .binary }
  }

  /// Text of one packet, where there is too little of it to refuse anything.
  static func line(_ raw: ArraySlice<UInt8>) -> String {
    if raw.starts(with: [0xFE, 0xFF]) || raw.starts(with: [0xFF, 0xFE]) {
      return DecodedText(utf16: raw.dropFirst(2), isBigEndian: raw.first == 0xFE).bytes[...].string
    }
    return DecodedText.strictUTF8(raw) ?? Windows1252.string(raw)
  }

  private init(utf8 raw: ArraySlice<UInt8>) {
    bytes = Array(raw.string.utf8)
    charset = .init(name: "UTF-8", basis: .form)
  }

  private init(utf16 raw: ArraySlice<UInt8>, isBigEndian: Bool) {
    var units: [UInt16] = []
    units.reserveCapacity(raw.count / 2)
    var index = raw.startIndex
    while index + 1 < raw.endIndex {
      let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    charset = .init(name: isBigEndian ? "UTF-16BE" : "UTF-16LE", basis: .form)
  }

  private init(unmarked raw: [UInt8]) throws(SubtitleError) {
    if Self.strictUTF8(raw[...]) != nil {
      bytes = raw
      charset = .init(name: "UTF-8", basis: .form)
      return
    }
    // A damaged or cut UTF-8 file is told from windows-1252 by its many whole sequences.
    let repaired = DecodedText(utf8: raw[...])
    let marks = repaired.bytes.count { $0 == 0xEF }
    let sequences = repaired.bytes.count { $0 >= 0xC2 }
    if sequences - marks > 10 * marks {
      self = repaired
      return
    }
    guard !raw.contains(0) else { throw .binary }
    // In the languages that windows-1252 is for, most letters are ASCII.
    let high = raw.count { $0 >= 0xC0 }
    guard high < 16 || high * 2 < raw.count(where: \.isASCIILetter) else { throw .unknownCharset }
    bytes = Array(Windows1252.string(raw[...]).utf8)
    charset = .init(name: "windows-1252", basis: .statistics, confidence: 50)
  }

  private static func strictUTF8(_ raw: ArraySlice<UInt8>) -> String? {
    String(validating: raw, as: UTF8.self)
  }

  /// Whether UTF-16 without a mark is big endian; nil when it isn't UTF-16.
  private static func utf16WithoutMark(_ raw: [UInt8]) -> Bool? {
    let sample = raw.prefix(64 * 1_024)
    var zeros = (even: 0, odd: 0)
    for (index, byte) in sample.enumerated() where byte == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let most = max(zeros.even, zeros.odd)
    // Line ends, digits and blanks have a zero byte in any language.
    guard most > 2, most * 10 >= sample.count, min(zeros.even, zeros.odd) * 3 <= most else {
      return nil
    }
    return zeros.even > zeros.odd
  }

  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    let controls = bytes.count { ($0 < 0x20 && !$0.isASCIIBlank) || $0 == 0x7F }
    return controls > 2 && controls * 100 > bytes.count
  }
}
