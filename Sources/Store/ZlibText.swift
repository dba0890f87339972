import CZlib
import Foundation

/// Text as zlib data, the way that raw answers are kept.
enum ZlibText {
  /// zlib's own default between speed and size.
  private static let level: Int32 = 6
  /// More than any answer has; a damaged row must not ask for all memory.
  private static let limitBytes = 1 << 30

  static func compressed(_ text: String) throws -> Data {
    let source = Array(text.utf8)
    var count = compressBound(uLong(source.count))
    var code = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initializedCount in
      code = compress2(buffer.baseAddress, &count, source, uLong(source.count), level)
      initializedCount = code == Z_OK ? Int(count) : 0
    }
    guard code == Z_OK else {
      throw StoreError(
        code: .other, message: "an answer's text can't be compressed (zlib error \(code))")
    }
    return Data(bytes)
  }

  /// - Parameter byteCount: how long the text is in UTF-8, as it was when it was compressed.
  static func text(from data: Data, byteCount: Int) throws -> String {
    var code = Z_DATA_ERROR
    var bytes: [UInt8] = []
    if (0...limitBytes).contains(byteCount) {
      let source = Array(data)
      // One byte more, for zlib wants room for an empty text too.
      var count = uLong(byteCount + 1)
      bytes = [UInt8](unsafeUninitializedCapacity: byteCount + 1) { buffer, initializedCount in
        code = uncompress(buffer.baseAddress, &count, source, uLong(source.count))
        initializedCount = code == Z_OK ? Int(count) : 0
      }
    }
    guard code == Z_OK, bytes.count == byteCount else {
      throw StoreError(
        code: .damaged,
        message: """
          the text of a kept answer is damaged (zlib error \(code)). The answer itself is kept apart from it and \
          still used; langflix answers prune deletes it.
          """)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
