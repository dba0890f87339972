import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves pages, API, event streams and metrics until a graceful shutdown.
///
/// An address that can't be listened on is told and tried again; the daemon works on without its dashboard.
package struct DashboardServer: Service {
  private let source: any DashboardSource
  private let options: DashboardOptions
  private let presence: DashboardPresence
  private let logger: Logger

  /// Between two attempts to listen.
  private static let retryWait = Duration.seconds(30)
  /// What a browser that still reads gets after the shutdown.
  private static let patience = Duration.seconds(2)
  private static let connections = 512
  private static let idleLimit = TimeAmount.seconds(90)
  private static let headerBytes = 32 << 10

  package init(
    source: any DashboardSource, options: DashboardOptions, presence: DashboardPresence,
    logger: Logger
  ) {
    self.source = source
    self.options = options
    self.presence = presence
    self.logger = logger
  }

  package func run() async throws {
    let threads = NIOThreadPool(numberOfThreads: 4)
    threads.start()
    await cancelAfterPatience { await serve(with: threads) }
    presence.set(.off)
    try? await threads.shutdownGracefully()
  }

  private func serve(with threads: NIOThreadPool) async {
    var wasTold = false
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      presence.set(.starting)
      do {
        try await serveOnce(with: threads)
        return
      } catch is CancellationError {
        return
      } catch {
        let reason = Self.reason(error, options)
        presence.set(.failed(reason))
        if !wasTold {
          logger.error(
            "no dashboard; tried again every 30 s", metadata: ["reason": "\(reason)"])
        }
        wasTold = true
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: Self.retryWait) }
      }
    }
  }

  private func serveOnce(with threads: NIOThreadPool) async throws {
    let feed = LiveFeed(source: source, pace: options.pace, most: options.streams)
    let responder = DashboardResponder(
      source: source, options: options, feed: feed, files: FileLane(threads: threads),
      logger: logger)
    let channel = HTTP1Channel.Configuration(
      idleTimeout: Self.idleLimit,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: Self.headerBytes, maxHeaderListSize: Self.headerBytes,
        maxHeaderFieldCount: 100))
    // What single requests do wrong is no news of the daemon's.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let application = Application(
      responder: responder, server: .http1(configuration: channel),
      configuration: .init(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connections, logger: quiet)),
      onServerRunning: { [presence, logger, options] channel in
        presence.set(.listening(port: channel.localAddress?.port ?? options.port))
        logger.notice(
          "dashboard",
          metadata: [
            "address": "\(presence.url ?? "?")",
            "access": "\(Self.access(options))",
          ])
      },
      logger: quiet)
    // Beside the server, not one of its services: its streams have to end for the server to end.
    try await withThrowingTaskGroup { group in
      group.addTask { try await feed.run() }
      group.addTask { try await application.run() }
      defer { group.cancelAll() }
      // The feed ends with the shutdown, or when the server could not begin and all is cancelled.
      for try await _ in group where Task.isCancelled { break }
    }
  }

  /// Runs until the body ends; a body that goes on after a graceful shutdown is cancelled.
  private func cancelAfterPatience(_ body: @escaping @Sendable () async -> Void) async {
    await withTaskGroup { group in
      group.addTask { await body() }
      group.addTask {
        guard (try? await gracefulShutdown()) != nil else { return }
        try? await Task.sleep(for: Self.patience)
      }
      await group.next()
      group.cancelAll()
    }
  }

  private static func access(_ options: DashboardOptions) -> String {
    if options.token != nil { return "with the token" }
    return options.isLoopback
      ? "from this machine" : "read-only, since no token is set (dashboard.token_file)"
  }

  private static func reason(_ error: any Error, _ options: DashboardOptions) -> String {
    let place = "\(options.host):\(options.port)"
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE:
      return
        "\(place) is used by another program; set dashboard.listen to another port, or end it"
    case EACCES:
      return "no permission to listen on \(place); set dashboard.listen to a port from 1024"
    case EADDRNOTAVAIL:
      return "this machine has no address \(options.host); set dashboard.listen to one that it has"
    default:
      return "\(place) can't be listened on: \(error); set dashboard.listen"
    }
  }
}
