import Glibc
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SystemPackage

/// Answers requests; one call for each.
package protocol ControlHandler: Sendable {
  /// `progress` may be called any number of times before the final reply is returned. The task is cancelled when the
  /// asker has gone.
  func reply(
    to request: ControlRequest, progress: @Sendable (ProgressReport) async throws -> Void
  ) async -> ControlReply
}

/// The daemon's side of the control socket. Only the daemon's own user and group may connect.
package struct ControlServer: Service {
  private let socket: ControlSocket
  private let handler: any ControlHandler
  private let logger: Logger
  private let requestLimit: Duration

  /// - Parameter requestLimit: who connects and says nothing for so long is sent away.
  package init(
    socket: ControlSocket, handler: any ControlHandler, logger: Logger,
    requestLimit: Duration = .seconds(10)
  ) {
    self.socket = socket
    self.handler = handler
    self.logger = logger
    self.requestLimit = requestLimit
  }

  package func run() async throws {
    let server = try await listen()
    defer { _ = socket.path.withPlatformString { unlink($0) } }
    // Graceful shutdown closes the listener; what is being answered is cancelled, its work is the conveyor's to end.
    do {
      try await cancelWhenGracefulShutdown {
        try await server.executeThenClose { connections in
          try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
              group.addTask { await serve(connection) }
            }
          }
        }
      }
    } catch is CancellationError {
      // The listener was closed, as wanted.
    }
  }

  private func listen() async throws -> NIOAsyncChannel<
    NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never
  > {
    do {
      let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .bind(unixDomainSocketPath: socket.path.string, cleanupExistingSocketFile: true) {
          channel in
          channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
      // The daemon's user and group, whatever the mask says.
      _ = socket.path.withPlatformString { chmod($0, 0o660) }
      return server
    } catch {
      throw ControlError(
        message:
          "the control socket \(socket.path) can't be made: \(error); is its folder writable?")
    }
  }

  private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
    do {
      try await connection.executeThenClose { inbound, outbound in
        let (lines, feed) = AsyncStream.makeStream(of: ByteBuffer.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            // Read on to the end, which tells that the asker has gone.
            for try await line in inbound.splitLines(maximumBufferSize: ControlSocket.longestLine) {
              feed.yield(line)
              feed.finish()
            }
          }
          group.addTask {
            guard let line = try await first(of: lines) else { return }
            let request: ControlRequest = try ControlSocket.value(from: line)
            logger.debug("control request", metadata: ["request": "\(request)"])
            let reply = await handler.reply(to: request) { progress in
              try await outbound.write(ControlSocket.line(ControlReply.progress(progress)))
            }
            try await outbound.write(ControlSocket.line(reply))
            outbound.finish()
          }
          // Whichever ends first ends the other.
          defer { group.cancelAll() }
          _ = try await group.next()
        }
      }
    } catch is CancellationError {
      // Shutting down, or the asker has gone.
    } catch {
      logger.debug("control connection ended", metadata: ["reason": "\(error)"])
    }
  }

  private func first(of lines: AsyncStream<ByteBuffer>) async throws -> ByteBuffer? {
    try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
      group.addTask { await lines.first { _ in true } }
      group.addTask {
        try await Task.sleep(for: requestLimit)
        throw ControlError(message: "no request came within \(requestLimit)")
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}
