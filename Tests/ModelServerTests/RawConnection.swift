import ModelServer
import NIOCore
import NIOPosix

/// A plain TCP connection, for what no HTTP client lets a test see.
struct RawConnection: Sendable {
  private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

  static func connect(to server: ModelServer) async throws -> RawConnection {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: server.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return RawConnection(channel: channel)
  }

  static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n" }

  /// Sends the text and hands on what comes back until the body returns or the server closes.
  func exchange<Result: Sendable>(
    _ text: String,
    _ body: @Sendable (NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> Result
  ) async throws -> Result {
    try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      return try await body(inbound)
    }
  }

  /// All that comes until the server closes.
  func everything(after text: String) async throws -> String {
    try await exchange(text) { inbound in
      var all = ByteBuffer()
      for try await part in inbound { all.writeImmutableBuffer(part) }
      return String(buffer: all)
    }
  }
}
