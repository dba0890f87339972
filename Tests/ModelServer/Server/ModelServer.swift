import HummingbirdCore
import HummingbirdHTTP2
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// An HTTP server on the loopback interface whose every reply is scripted.
///
/// Replies wait without a thread each. With HTTP/1.1 a client must not half-close: the end of its
/// side is the end of the connection. With HTTP/2, which is offered only where a test wants it, a
/// dropped or truncated reply ends the whole connection too.
package final class ModelServer: Sendable {
  package typealias Script = @Sendable (RecordedRequest) async -> ScriptedReply

  package let port: Int
  private let scheme: String
  private let ledger: ServerLedger
  private let listener: any Channel
  private let running: Task<Void, any Error>

  private init(
    port: Int, scheme: String, ledger: ServerLedger, listener: any Channel,
    running: Task<Void, any Error>
  ) {
    self.port = port
    self.scheme = scheme
    self.ledger = ledger
    self.listener = listener
    self.running = running
  }

  /// Such as "http://127.0.0.1:40123".
  package var origin: String { "\(scheme)://127.0.0.1:\(port)" }

  /// The requests so far, in order of arrival.
  package func requests() -> [RecordedRequest] { ledger.traffic.requests }

  /// The most requests that were in flight at once.
  package var inFlightPeak: Int { ledger.traffic.inFlightPeak }

  package var traffic: Traffic { ledger.traffic }

  /// Returns once the condition holds, which is looked at whenever the traffic changes.
  /// - Throws: `CancellationError`, also when the server is stopped meanwhile.
  package func wait(until condition: @escaping @Sendable (Traffic) -> Bool) async throws {
    try await ledger.wait(until: condition)
  }

  /// Returns once so many requests have come.
  package func waitForRequests(_ count: Int) async throws {
    try await wait { $0.requests.count >= count }
  }

  /// Closes the listener and every connection, whatever is under way on them, and returns once all
  /// of it has ended. To stop twice does no harm.
  package func stop() async {
    listener.close(promise: nil)
    ledger.closeEverything()
    running.cancel()
    _ = await running.result
  }
}

extension ModelServer {
  /// Listens; connections are taken from then on.
  /// - Parameters:
  ///   - tls: certificate and key, for "https".
  ///   - offersHTTP2: beside HTTP/1.1; only with TLS.
  ///   - port: 0 for any free one.
  ///   - reply: called for each request, for many at the same time; cancelled when the client hangs
  ///     up.
  /// - Throws: when the port is taken, or the certificate or key cannot be read.
  package static func start(
    tls: TLSFiles? = nil, offersHTTP2: Bool = false, port: Int = 0, reply: @escaping Script
  ) async throws -> ModelServer {
    let ledger = ServerLedger()
    let writer = ReplyWriter(ledger: ledger, script: reply)
    let respond: HTTPChannelHandler.Responder = {
      try await writer.respond(to: $0, with: $1, on: $2)
    }
    let channels = HTTP1Channel.Configuration(
      additionalChannelHandlers: [HangUpHandler(ledger: ledger)])
    let http = HTTP1Channel(responder: respond, configuration: channels)
    let (listeners, listening) = AsyncThrowingStream<any Channel, any Error>.makeStream()

    let run: @Sendable () async throws -> Void
    if let tls, offersHTTP2 {
      let both = try HTTP2UpgradeChannel(
        tlsConfiguration: tls.configuration(), configuration: .init(streamConfiguration: channels),
        responder: respond)
      run = serve(both, port, listening)
    } else if let tls {
      run = serve(try TLSChannel(http, tlsConfiguration: tls.configuration()), port, listening)
    } else {
      run = serve(http, port, listening)
    }
    let running = Task {
      do {
        try await run()
        listening.finish()
      } catch {
        listening.finish(throwing: error)
        throw error
      }
    }
    for try await listener in listeners {
      return ModelServer(
        port: listener.localAddress?.port ?? port, scheme: tls == nil ? "http" : "https",
        ledger: ledger, listener: listener, running: running)
    }
    throw CancellationError()
  }

  /// Starts a server, runs the body with it, and stops it.
  package static func serving<Result: Sendable>(
    tls: TLSFiles? = nil, offersHTTP2: Bool = false, reply: @escaping Script,
    with body: (ModelServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(tls: tls, offersHTTP2: offersHTTP2, reply: reply)
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  private static func serve(
    _ channels: some ServerChildChannel, _ port: Int,
    _ listening: AsyncThrowingStream<any Channel, any Error>.Continuation
  ) -> @Sendable () async throws -> Void {
    let server = Server(
      childChannelSetup: channels,
      // Deep enough for a thousand clients that connect at once.
      configuration: .init(address: .hostname("127.0.0.1", port: port), backlog: 4096),
      onServerRunning: { _ = listening.yield($0) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
      logger: Logger(label: "model-server") { _ in SwiftLogNoOpLogHandler() })
    return { try await server.run() }
  }
}
