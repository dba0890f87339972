import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Streams of events: parts of the page for browsers, the overview as JSON for programs.
struct LiveHandlers: Sendable {
  let feed: LiveFeed

  /// A comment so often tells apart who is gone and who has nothing to hear.
  private static let heartbeat = Duration.seconds(15)

  var routes: [Route] {
    [
      Route(.get, "/live") { call in
        try stream { $0.sectionsEvent(call.language, since: $1) }
      },
      Route(.get, "/api/v1/events") { _ in try stream { $0.overviewEvent(since: $1) } },
    ]
  }

  private func stream(
    _ event: @escaping @Sendable (LiveSnapshot, _ since: Int) -> ByteBuffer?
  ) throws -> Response {
    guard let wakeUps = feed.watch() else {
      throw RequestProblem(
        .serviceUnavailable, .tooManyStreams, headers: [.retryAfter: "60"])
    }
    let headers: HTTPFields = [
      .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
    ]
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { [feed] writer in
        var seen = 0
        // The stream begins before its first event, so that the browser knows that it is there.
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        for await wakeUp in Self.withHeartbeat(wakeUps) {
          let snapshot = feed.snapshot
          if let buffer = event(snapshot, seen) {
            try await writer.write(buffer)
          } else if wakeUp == .beat {
            try await writer.write(ByteBuffer(string: ":\n\n"))
          }
          seen = snapshot.version
        }
        try await writer.finish(nil)
      })
  }

  private enum WakeUp: Sendable { case news, beat }

  /// Ends when the wake-ups end, or with the one who reads it.
  private static func withHeartbeat(_ wakeUps: AsyncStream<Void>) -> AsyncStream<WakeUp> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: WakeUp.self, bufferingPolicy: .bufferingNewest(2))
    // Unstructured, for a response's body is no place for a task group's two loops; it ends with the stream.
    let task = Task {
      await withTaskGroup { group in
        group.addTask {
          for await _ in wakeUps { continuation.yield(.news) }
        }
        group.addTask {
          while (try? await Task.sleep(for: heartbeat)) != nil { continuation.yield(.beat) }
        }
        await group.next()
        group.cancelAll()
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }
}
