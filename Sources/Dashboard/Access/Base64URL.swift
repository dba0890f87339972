import Foundation

/// Base64 without padding, of characters that stand in cookies and addresses as they are.
enum Base64URL {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().filter { $0 != "=" }
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
  }

  /// Nil for what `text` did not make.
  static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 200 else { return nil }
    var plain = text.replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard let bytes = Data(base64Encoded: plain).map({ [UInt8]($0) }), self.text(bytes) == text
    else { return nil }
    return bytes
  }
}
