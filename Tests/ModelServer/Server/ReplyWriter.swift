import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers one request on its connection the way the script wants it.
struct ReplyWriter: Sendable {
  /// The longest body that a request may have; more closes the connection.
  static let longestBody = 64 << 20

  let ledger: ServerLedger
  let script: @Sendable (RecordedRequest) async -> ScriptedReply

  /// - Throws: when the client hung up or the server stops; the connection closes then.
  func respond(
    to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
  ) async throws {
    let body = try await request.body.collect(upTo: Self.longestBody)
    let recorded = record(request, Array(body.readableBytesView))
    do {
      let script = script
      let reply = try await whileOpen(channel) { await script(recorded) }
      if reply.delay > .zero {
        try await whileOpen(channel) { try await Task.sleep(for: reply.delay) }
      }
      try await send(reply, number: recorded.number, with: writer, on: channel)
    } catch {
      ledger.change { $0.abandon(recorded.number) }
      throw error
    }
  }

  private func record(_ request: Request, _ body: [UInt8]) -> RecordedRequest {
    let target = (request.head.path ?? "/").split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let headers = request.headers.map {
      HeaderFields.Field(name: $0.name.rawName, value: $0.value)
    }
    return ledger.change { traffic in
      traffic.record { number in
        RecordedRequest(
          number: number, method: request.method.rawValue, path: String(target[0]),
          query: target.count > 1 ? String(target[1]) : nil, headers: HeaderFields(headers),
          body: body, receivedAt: .now)
      }
    }
  }

  private func send(
    _ reply: ScriptedReply, number: Int, with writer: consuming ResponseWriter,
    on channel: any Channel
  ) async throws {
    var head = HTTPResponse(status: .init(code: reply.status))
    for field in reply.headers.fields {
      guard let name = HTTPField.Name(field.name) else { continue }
      head.headerFields.append(HTTPField(name: name, value: field.value))
    }
    switch reply.body {
    case .bytes(let bytes):
      head.headerFields[.contentLength] = String(bytes.count)
      ledger.change { $0.complete(number) }
      try await writer.write(
        response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))

    case .pieces(let pieces):
      var body = try await writer.writeHead(head)
      for (index, piece) in pieces.enumerated() {
        try await pause(piece.pause, on: channel)
        if index == pieces.count - 1 { ledger.change { $0.complete(number) } }
        try await body.write(ByteBuffer(bytes: piece.bytes))
      }
      ledger.change { $0.complete(number) }
      try await body.finish(nil)

    case .endless(let block, let interval):
      var body = try await writer.writeHead(head)
      while true {
        try await pause(interval, on: channel)
        try await body.write(ByteBuffer(bytes: block))
      }

    case .truncated(let bytes, let declaredLength):
      head.headerFields[.contentLength] = String(declaredLength)
      var body = try await writer.writeHead(head)
      try await body.write(ByteBuffer(bytes: bytes))
      ledger.change { $0.complete(number) }
      try? await channel.connection.close()

    case .dropped:
      ledger.change { $0.complete(number) }
      try? await channel.connection.close()
    }
  }

  private func pause(_ duration: Duration, on channel: any Channel) async throws {
    guard duration > .zero else { return }
    try await whileOpen(channel) { try await Task.sleep(for: duration) }
  }

  /// Cancels the operation when the connection closes or the server stops.
  private func whileOpen<Value: Sendable>(
    _ channel: any Channel, _ operation: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let work = Task(operation: operation)
    channel.closeFuture.whenComplete { _ in work.cancel() }
    let value = try await withTaskCancellationHandler {
      try await work.value
    } onCancel: {
      work.cancel()
    }
    // The operation may not care that it was cancelled.
    guard channel.isActive else { throw ChannelError.alreadyClosed }
    return value
  }
}
