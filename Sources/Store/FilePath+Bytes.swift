import Foundation
import SystemPackage

extension FilePath {
  /// A path of the bytes that the file system gave; they need not be UTF-8.
  init(rawBytes: Data) {
    self = (rawBytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(FilePath.init(platformString:)) ?? FilePath()
    }
  }

  /// The bytes between which those of all paths below a folder lie: what begins with "folder/" comes before "folder0".
  var rangeBelow: (start: Data, end: Data) {
    var start = rawBytes
    if start.last != UInt8(ascii: "/") { start.append(UInt8(ascii: "/")) }
    var end = start
    end[end.endIndex - 1] += 1
    return (start, end)
  }

  /// The path's own bytes, as a column holds them.
  var rawBytes: Data {
    withPlatformString { pointer in
      Data(UnsafeBufferPointer(start: pointer, count: length).map(UInt8.init(bitPattern:)))
    }
  }
}
