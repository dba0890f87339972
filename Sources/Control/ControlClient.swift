import Glibc
import NIOCore
import NIOPosix
import SystemPackage

/// The command line's side of the control socket.
package struct ControlClient: Sendable {
  private let socket: ControlSocket
  private let patience: Duration

  /// - Parameter patience: how long a quick request may take before the daemon counts as stuck.
  package init(socket: ControlSocket, patience: Duration = .seconds(20)) {
    self.socket = socket
    self.patience = patience
  }

  /// Asks a running daemon, or returns nil when none listens.
  /// - Throws: `ControlError` when the daemon is there but can't be asked, breaks off, or is stuck.
  package func ask(
    _ request: ControlRequest, progress: (ProgressReport) -> Void = { _ in }
  ) async throws -> ControlReply? {
    guard request.isQuick else { return try await exchange(request, progress: progress) }
    if let answer = try await exchange(request, atMost: patience) { return answer.reply }
    throw ControlError(
      message: """
        the daemon does not answer within \(patience.components.seconds) s: \(await stuckPart()). What was asked may \
        still be done
        """)
  }

  private struct Answer: Sendable {
    /// Nil where none listens.
    var reply: ControlReply?
  }

  /// Nil when there was no answer in time.
  private func exchange(
    _ request: ControlRequest, atMost limit: Duration
  ) async throws -> Answer? {
    try await withThrowingTaskGroup(of: Answer?.self) { group in
      group.addTask { Answer(reply: try await exchange(request) { _ in }) }
      group.addTask {
        try await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  /// What the daemon says of its parts, which it does without waiting for any of them.
  private func stuckPart() async -> String {
    let answer = try? await exchange(.health, atMost: .seconds(5))
    if case .health(let report)? = answer?.reply, !report.reasons.isEmpty {
      return report.reasons.joined(separator: "; ")
    }
    return "a part of it is stuck, most often on a disk or a share that hangs; its log says which"
  }

  private func exchange(
    _ request: ControlRequest, progress: (ProgressReport) -> Void
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
