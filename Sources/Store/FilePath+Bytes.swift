import Foundation
import SystemPackage

extension FilePath {
  /// A path of the bytes that the file system gave; they need not be UTF-8.
  init(rawBytes: Data) {
    self = (rawBytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(FilePath.init(platformString:)) ?? FilePath()
    }
  }

  /// The path's own bytes, as a column holds them.
  var rawBytes: Data {
    withPlatformString { pointer in
      Data(UnsafeBufferPointer(start: pointer, count: length).map(UInt8.init(bitPattern:)))
    }
  }
}
