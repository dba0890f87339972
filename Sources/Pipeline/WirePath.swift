import Control
import Foundation
import SystemPackage

/// Paths as they travel over the control socket: base64 of their bytes, for names need not be UTF-8.
package enum WirePath {
  package static func text(_ path: FilePath) -> String {
    path.withPlatformString { pointer in
      Data(bytes: pointer, count: path.length).base64EncodedString()
    }
  }

  static func paths(_ texts: [String]) throws -> [FilePath] {
    try texts.map { text in
      guard var bytes = Data(base64Encoded: text).map(Array.init), !bytes.contains(0) else {
        throw ControlError(message: "a path in the request is not base64 of a path's bytes")
      }
      bytes.append(0)
      return bytes.withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) { characters in
          characters.baseAddress.map(FilePath.init(platformString:)) ?? FilePath()
        }
      }
    }
  }
}
