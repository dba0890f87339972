import Expressions
import Pipeline
import Subtitles
import Synchronization

/// Batches of one episode through a pool.
struct PoolRun: Sendable {
  let pool: ExtractionPool
  let batches: Int

  private static let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: "es")

  static func batch(_ number: Int) -> Batch {
    let cues = (1...8).map { line in
      Cue(
        number: number * 8 + line, start: .seconds(Double(line) * 3),
        end: .seconds(Double(line) * 3 + 2), text: "I figured it all out, line \(line).")
    }
    return Batch(number: number, leadIn: [], cues: cues)
  }

  /// As an episode does it: twice as many tasks as requests may be in flight.
  func all() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...batches {
        if number > 2 * pool.width { try await group.next() }
        group.addTask { try await answer(number) }
      }
      try await group.waitForAll()
    }
  }

  /// Keeps the pool full for a while.
  func asManyAsPossible(in time: Duration) async -> Int {
    let answered = AnswerCount()
    await withTaskGroup { group in
      for worker in 0..<(pool.width * 2) {
        group.addTask {
          var number = worker * 1_000_000
          while !Task.isCancelled {
            number += 1
            guard (try? await answer(number)) != nil else { continue }
            answered.increment()
          }
        }
      }
      try? await Task.sleep(for: time)
      group.cancelAll()
    }
    return answered.value
  }

  private func answer(_ number: Int) async throws {
    while true {
      do {
        try await pool.ask(
          Self.batch(number), Self.request,
          priority: PoolPriority(rank: 0, episode: 1, batch: number), after: nil,
          shortcut: { _ in false }, keep: { _ in })
        return
      } catch let failure as ExtractionFailure {
        guard case .throttled = failure.kind else { throw failure }
      }
    }
  }
}

private final class AnswerCount: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  func increment() { count.withLock { $0 += 1 } }
}
