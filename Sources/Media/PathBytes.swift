import Foundation
import SystemPackage

/// A path that travels as base64 of its bytes, for names need not be UTF-8.
@propertyWrapper
package struct PathBytes: Sendable, Hashable, Codable {
  package var wrappedValue: FilePath

  package init(wrappedValue: FilePath) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let bytes = Data(base64Encoded: try container.decode(String.self)), !bytes.contains(0)
    else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not base64 of a path's bytes")
    }
    wrappedValue = FilePath(bytes: Array(bytes))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(wrappedValue.bytes).base64EncodedString())
  }
}

extension FilePath {
  /// The bytes must not hold a zero.
  init(bytes: [UInt8]) {
    let characters = bytes.map(CChar.init(bitPattern:)) + [0]
    self = characters.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(FilePath.init(platformString:)) ?? FilePath()
    }
  }

  /// What the kernel sees, without the final zero.
  var bytes: [UInt8] {
    withPlatformString { pointer in
      UnsafeRawBufferPointer(start: pointer, count: length).map { $0 }
    }
  }

  /// Names the file to libav's file protocol alone, whatever the name looks like.
  var libavAddress: [CChar] {
    "file:".utf8.map(CChar.init(bitPattern:)) + bytes.map(CChar.init(bitPattern:)) + [0]
  }
}
