import ArgumentParser
import Expressions
import Foundation
import ModelServer

/// A server of fixed latency, in a process of its own.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer chat completions after a fixed time.")

  @Option(help: "Seconds before each answer.")
  var latency: Double

  @Option(help: "Requests a minute; beyond it 429.")
  var perMinute: Int?

  func run() async throws {
    let latency = Duration.seconds(latency)
    let gate = perMinute.map { RateGate(requests: $0) }
    // Made once, and the question is not read: what is timed are the clients.
    let answer = ScriptedReply.json(Self.answer).delayed(by: latency)
    let server = try await ModelServer.start { recorded in
      if recorded.path.hasSuffix("/stats") {
        // What is refused before the first minute is over is how the limit is found.
        let later = gate?.counts(after: gate?.window ?? .zero)
        return .json([
          "refused": .number(Double(gate?.counts.refused ?? 0)),
          "later_refused": .number(Double(later?.refused ?? 0)),
          "later_admitted": .number(Double(later?.admitted ?? 0)),
        ])
      }
      if gate?.admit(at: recorded.receivedAt) != nil { return .json(Self.refusal, status: 429) }
      return answer
    }
    print(#"{"origin": "\#(server.origin)"}"#)
    fflush(nil)
    await Self.untilParentEnds()
    await server.stop()
  }

  private static let answer: JSONValue = [
    "id": "chatcmpl-1", "object": "chat.completion", "created": 1_760_000_000, "model": "bench",
    "choices": [
      [
        "index": 0, "finish_reason": "stop",
        "message": ["role": "assistant", "content": #"{"contexts": []}"#],
      ]
    ], "usage": ["prompt_tokens": 100, "completion_tokens": 5, "total_tokens": 105],
  ]
  private static let refusal: JSONValue = [
    "error": ["message": "Rate limit reached.", "type": "requests", "code": "rate_limit_exceeded"]
  ]

  /// The parent closes standard input; a thread of its own waits for that.
  private static func untilParentEnds() async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        while readLine() != nil {}
        continuation.resume()
      }
    }
  }
}
