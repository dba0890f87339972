import Foundation
import NIOCore
import NIOPosix
import SystemPackage

/// Where the daemon listens, and how the two sides speak: one JSON value a line.
package struct ControlSocket: Sendable, Hashable {
  package let path: FilePath

  /// `sun_path` holds 108 bytes, the last of which is NUL.
  private static let longestPath = 107
  /// A line beyond this is no request of ours.
  static let longestLine = 64 << 20

  /// - Throws: `ControlError` when the path is too long for a Unix socket.
  package init(folder: FilePath) throws(ControlError) {
    let path = folder.appending("langflix.sock")
    guard path.length <= Self.longestPath else {
      throw ControlError(
        message: """
          the control socket's path \(path) has \(path.length) bytes, and a Unix socket's may have \
          \(Self.longestPath): set state_folder (or RUNTIME_DIRECTORY) to a shorter path
          """)
    }
    self.path = path
  }

  static func line(_ value: some Encodable) throws -> ByteBuffer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes = try encoder.encode(value)
    bytes.append(UInt8(ascii: "\n"))
    return ByteBuffer(bytes: bytes)
  }

  static func value<Value: Decodable>(from line: ByteBuffer) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(line.readableBytesView))
  }
}

package struct ControlError: Error, Sendable, CustomStringConvertible {
  package var message: String
  package var description: String { message }

  package init(message: String) { self.message = message }

  /// A reply that does not belong to its request: a failure that the other side tells, or another version of it.
  package init(unexpected reply: ControlReply) {
    if case .failure(let text) = reply {
      message = text
    } else {
      message = "the daemon answered something else; is it another version? restart it: \(reply)"
    }
  }
}
