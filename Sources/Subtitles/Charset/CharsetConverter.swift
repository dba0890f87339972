import CICU

/// Brings text from any charset to UTF-8, by ICU's tables.
enum CharsetConverter {
  struct Conversion {
    /// Valid UTF-8.
    var bytes: [UInt8]
    /// Byte sequences that mean nothing in the charset; each is U+FFFD now.
    var errors: Int
  }

  /// Nil for a charset that ICU does not know.
  static func convert(_ raw: ArraySlice<UInt8>, from charset: String) -> Conversion? {
    guard let units = units(raw, charset) else { return nil }
    let text = String(decoding: units, as: UTF16.self)
    return Conversion(bytes: Array(text.utf8), errors: units.count { $0 == 0xFFFD })
  }

  /// Bytes of a text in a charset; what it does not hold becomes its substitute. Nil for one that ICU does not know.
  /// For tests, which have no other way to ICU.
  static func encode(_ text: String, as charset: String) -> [UInt8]? {
    withConverter(charset) { converter in
      let units = Array(text.utf16)
      var status: CInt = 0
      var bytes = [CChar](repeating: 0, count: units.count * 8 + 64)
      let count = icu_from_utf16(
        converter, &bytes, Int32(bytes.count), units, Int32(units.count), &status)
      guard status <= 0, count >= 0 else { return nil }
      return bytes.prefix(Int(count)).map { UInt8(bitPattern: $0) }
    }
  }

  /// A charset's preferred name at IANA, by any of its names; nil for one that ICU does not know.
  static func standardName(of alias: String) -> String? {
    // ICU takes an empty name for the charset of the machine.
    guard alias.utf8.contains(where: { $0.isASCIILetter || $0.isASCIIDigit }) else { return nil }
    return withConverter(alias) { converter in
      var status: CInt = 0
      // IANA marks the names that it prefers as those for MIME.
      for standard in ["MIME", "IANA"] {
        status = 0
        if let name = icu_standard_name(alias, standard, &status),
          status <= 0
        {
          return String(cString: name)
        }
      }
      status = 0
      return icu_converter_name(converter, &status).map { String(cString: $0) }
    }
  }

  private static func units(_ raw: ArraySlice<UInt8>, _ charset: String) -> [UInt16]? {
    withConverter(charset) { converter in
      // No charset makes more than two units of a byte; ICU counts in 32 bits.
      let capacity = 2 * raw.count + 16
      guard capacity < Int(Int32.max) else { return nil }
      return [UInt16](unsafeUninitializedCapacity: capacity) { buffer, written in
        raw.withUnsafeBytes { bytes in
          var status: CInt = 0
          let count = icu_to_utf16(
            converter, buffer.baseAddress, Int32(capacity),
            bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), &status)
          written = status <= 0 ? max(0, Int(count)) : 0
        }
      }
    }
  }

  private static func withConverter<Value>(
    _ charset: String, _ body: (UnsafeMutableRawPointer) -> Value?
  ) -> Value? {
    var status: CInt = 0
    guard let converter = icu_converter_open(charset, &status),
      status <= 0
    else { return nil }
    defer { icu_converter_close(converter) }
    return body(converter)
  }
}
