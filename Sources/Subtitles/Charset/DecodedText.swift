/// Bytes of a text file, brought to UTF-8.
package struct DecodedText {
  /// Valid UTF-8 without a byte order mark.
  var bytes: [UInt8]
  var charset: CharsetDecision

  /// A small text file, such as a list that a person keeps; nil for binary data and for a charset that can't be told.
  package static func text(_ bytes: [UInt8]) -> String? {
    guard let decoded = try? DecodedText(bytes) else { return nil }
    return String(decoding: decoded.bytes, as: UTF8.self)
  }

  /// Whether there is a charset of this name.
  package static func isCharset(_ name: String) -> Bool {
    CharsetConverter.standardName(of: name) != nil
  }

  /// Byte order marks first, then UTF-16 by where its zeros lie, UTF-8, and then what the text itself says.
  /// - Parameters:
  ///   - language: a hint.
  ///   - forced: the charset of what is in no Unicode encoding, where a person says it.
  init(
    _ raw: [UInt8], language: String? = nil, forced: String? = nil
  ) throws(SubtitleError) {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.init(utf8: raw.dropFirst(3), .init(name: "UTF-8", basis: .mark))
    } else if raw.starts(with: [0xFF, 0xFE, 0, 0]) || raw.starts(with: [0, 0, 0xFE, 0xFF]) {
      self.init(utf32: raw.dropFirst(4), isBigEndian: raw[0] == 0)
    } else if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      self.init(utf16: raw.dropFirst(2), isBigEndian: raw[0] == 0xFE, .mark)
    } else if let isBigEndian = Self.utf16WithoutMark(raw) {
      self.init(utf16: raw[...], isBigEndian: isBigEndian, .form)
    } else {
      try self.init(unmarked: raw, language, forced)
    }
    guard !Self.isBinary(bytes) else { throw .binary }
  }

  /// Text of one packet, where there is too little of it to refuse anything.
  static func line(_ raw: ArraySlice<UInt8>) -> String {
    if raw.starts(with: [0xFE, 0xFF]) || raw.starts(with: [0xFF, 0xFE]) {
      return DecodedText(utf16: raw.dropFirst(2), isBigEndian: raw.first == 0xFE, .mark)
        .bytes[...].string
    }
    if let text = strictUTF8(raw) { return text }
    return CharsetConverter.convert(raw, from: "windows-1252")?.bytes[...].string ?? raw.string
  }

  private init(utf8 raw: ArraySlice<UInt8>, _ charset: CharsetDecision) {
    bytes = Array(raw.string.utf8)
    self.charset = charset
  }

  private init(utf16 raw: ArraySlice<UInt8>, isBigEndian: Bool, _ basis: CharsetDecision.Basis) {
    var units: [UInt16] = []
    units.reserveCapacity(raw.count / 2)
    var index = raw.startIndex
    while index + 1 < raw.endIndex {
      let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    charset = .init(name: isBigEndian ? "UTF-16BE" : "UTF-16LE", basis: basis)
  }

  private init(utf32 raw: ArraySlice<UInt8>, isBigEndian: Bool) {
    var text = String.UnicodeScalarView()
    var index = raw.startIndex
    while index + 3 < raw.endIndex {
      let four = raw[index..<index + 4].map(UInt32.init)
      let value = (isBigEndian ? four : four.reversed()).reduce(0) { $0 << 8 | $1 }
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      index += 4
    }
    bytes = Array(String(text).utf8)
    charset = .init(name: isBigEndian ? "UTF-32BE" : "UTF-32LE", basis: .mark)
  }

  private init(
    unmarked raw: [UInt8], _ language: String?, _ forced: String?
  ) throws(SubtitleError) {
    if let charset = Self.escapedCharset(raw),
      let conversion = CharsetConverter.convert(raw[...], from: charset)
    {
      self.init(converted: conversion.bytes, .init(name: charset, basis: .form))
      return
    }
    if Self.isUTF8(raw) {
      self.init(converted: raw, .init(name: "UTF-8", basis: .form))
      return
    }
    if let forced {
      guard let name = CharsetConverter.standardName(of: forced),
        let conversion = CharsetConverter.convert(
          raw[...], from: CharsetTable.reading(of: name))
      else { throw .noSuchCharset(forced) }
      self.init(converted: conversion.bytes, .init(name: name, basis: .forced))
      return
    }
    // A damaged or cut UTF-8 file is told from others by its many whole sequences.
    let repaired = DecodedText(utf8: raw[...], .init(name: "UTF-8", basis: .form, confidence: 90))
    let marks = repaired.bytes.count { $0 == 0xEF }
    let sequences = repaired.bytes.count { $0 >= 0xC2 }
    if sequences - marks > 10 * marks {
      self = repaired
      return
    }
    guard !raw.contains(0) else { throw .binary }
    guard let guess = CharsetGuess(raw, language: language),
      let conversion = CharsetConverter.convert(raw[...], from: guess.charset)
    else { throw .unknownCharset }
    self.init(
      converted: conversion.bytes,
      .init(
        name: CharsetTable.shownName(of: guess.charset), basis: .statistics,
        confidence: guess.confidence))
  }

  private init(converted bytes: [UInt8], _ charset: CharsetDecision) {
    self.bytes = bytes
    self.charset = charset
  }

  private static func isUTF8(_ raw: [UInt8]) -> Bool {
    do {
      _ = try UTF8Span(validating: raw.span)
      return true
    } catch {
      return false
    }
  }

  private static func strictUTF8(_ raw: ArraySlice<UInt8>) -> String? {
    String(validating: raw, as: UTF8.self)
  }

  /// Charsets of seven bits that switch by escape sequences.
  private static func escapedCharset(_ raw: [UInt8]) -> String? {
    let escape: UInt8 = 0x1B
    guard let first = raw.prefix(64 * 1_024).firstIndex(of: escape) else { return nil }
    let next = raw[(first + 1)...].prefix(2)
    if next.starts(with: Array("$B".utf8)) || next.starts(with: Array("$@".utf8))
      || next.starts(with: Array("(J".utf8)) || next.starts(with: Array("(I".utf8))
    {
      return "ISO-2022-JP"
    }
    return next.starts(with: Array("$)".utf8)) ? "ISO-2022-KR" : nil
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
    let controls = bytes.span.count(ofControls: { !$0.isASCIIBlank })
    return controls > 2 && controls * 100 > bytes.count
  }
}
