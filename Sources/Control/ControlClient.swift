import Glibc
import NIOCore
import NIOPosix
import SystemPackage

/// The command line's side of the control socket.
package struct ControlClient: Sendable {
  private let socket: ControlSocket

  package init(socket: ControlSocket) { self.socket = socket }

  /// Asks a running daemon, or returns nil when none listens.
  /// - Throws: `ControlError` when the daemon is there but can't be asked or breaks off.
  package func ask(
    _ request: ControlRequest, progress: (ProgressReport) -> Void = { _ in }
  ) async throws -> ControlReply? {
    guard let connection = try await connect() else { return nil }
    return try await connection.executeThenClose { inbound, outbound in
      try await outbound.write(ControlSocket.line(request))
      for try await line in inbound.splitLines(maximumBufferSize: ControlSocket.longestLine) {
        let reply: ControlReply = try ControlSocket.value(from: line)
        guard case .progress(let report) = reply else { return reply }
        progress(report)
      }
      throw ControlError(
        message:
          "the daemon stopped before it answered; what it was doing goes on when it starts again")
    }
  }

  private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer>? {
    do {
      return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(unixDomainSocketPath: socket.path.string) { channel in
          channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
    } catch let error as IOError where [ENOENT, ECONNREFUSED].contains(error.errnoCode) {
      // No socket, or one that a killed daemon left.
      return nil
    } catch let error as IOError where [EACCES, EPERM].contains(error.errnoCode) {
      throw ControlError(
        message: """
          the daemon's socket \(socket.path), or its folder, may only be used by its own user and group: run this as \
          that user (sudo -u), or as a member of its group
          """)
    }
  }
}
