import Mustache

/// Text as it may stand in HTML, in content and in quoted attributes.
///
/// It goes by Unicode scalars: a quote with a combining mark behind it is one character of Swift's, and still a quote to
/// a browser.
struct HTMLEscaping: MustacheContentType {
  /// What templates call it.
  static let name = "LANGFLIX_HTML"

  func escapeText(_ text: String) -> String { Self.escape(text) }

  static func escape(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
      case UInt8(ascii: "`"): bytes += Array("&#96;".utf8)
      // A browser makes U+FFFD of it anyway.
      case 0: bytes += Array("\u{FFFD}".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
