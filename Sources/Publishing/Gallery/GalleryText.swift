/// Puts texts into HTML so that nothing in them is read as HTML.
///
/// It goes by Unicode scalars, as bytes of UTF-8: a quote with a combining mark behind it is one `Character`, which is no
/// quote.
enum GalleryText {
  /// For text and for attributes in double quotes. What shows nothing and could only mislead is left out: control
  /// characters, and marks that turn the direction of what follows.
  static func html(_ text: String) -> String {
    replacing(text, all: "&<>\"'") { value in
      switch value {
      case 0x26: "&amp;"
      case 0x3C: "&lt;"
      case 0x3E: "&gt;"
      case 0x22: "&quot;"
      case 0x27: "&#39;"
      default: ""
      }
    }
  }

  /// JSON for a script element: it holds no `<`, and nothing that a terminal or an editor would act upon.
  static func script(json: String) -> String {
    replacing(json, all: "&<>") { value in
      let digits = String(value, radix: 16)
      return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// Replaces these ASCII characters, and what shows nothing.
  private static func replacing(
    _ text: String, all signs: StaticString, by substitute: (UInt32) -> String
  ) -> String {
    var isSign = [Bool](repeating: false, count: 256)
    signs.withUTF8Buffer { for sign in $0 { isSign[Int(sign)] = true } }
    for control in Array(0x00...0x1F) + [0x7F] { isSign[control] = true }
    var source = text
    return source.withUTF8 { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      // Whole runs at once: a season's page has megabytes.
      var copied = 0
      var position = 0
      while position < bytes.count {
        let byte = bytes[position]
        let (value, length) =
          byte < 0x80 ? (isSign[Int(byte)] ? UInt32(byte) : nil, 1) : invisible(bytes, position)
        if let value {
          result.append(contentsOf: bytes[copied..<position])
          result.append(contentsOf: substitute(value).utf8)
          copied = position + length
        }
        position += length
      }
      result.append(contentsOf: bytes[copied...])
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// The scalar of several bytes that begins here, where it is a control character, an end of line to scripts alone, or
  /// turns the direction; and how many bytes to go on.
  private static func invisible(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int
  ) -> (value: UInt32?, length: Int) {
    let byte = { (offset: Int) -> UInt32 in
      position + offset < bytes.count ? UInt32(bytes[position + offset]) & 0x3F : 0
    }
    switch bytes[position] {
    case 0xC2, 0xD8:
      let value = (UInt32(bytes[position]) & 0x1F) << 6 | byte(1)
      return (value < 0xA0 || value == 0x061C ? value : nil, 2)
    case 0xE2:
      let value = 0x2000 | byte(1) << 6 | byte(2)
      switch value {
      case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: return (value, 3)
      default: return (nil, 3)
      }
    default: return (nil, 1)
    }
  }
}
