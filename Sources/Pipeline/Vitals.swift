import ServiceLifecycle
import Synchronization

/// Asks every stage for a sign of life, again and again, and remembers since when one has given none.
///
/// What it knows is read without waiting for a stage, so whoever asks it is answered also when one is stuck.
final class Vitals: Service {
  /// Something that answers when it can go on.
  struct Stage: Sendable {
    var name: String
    /// Returns what is wrong with the stage, one line each; what it throws is such a line too. Never returns while
    /// the stage is stuck.
    var ask: @Sendable () async throws -> [String]
  }

  /// A stage that has given no sign of life for too long.
  struct Stall: Sendable, Equatable {
    var stage: String
    var silence: Duration
  }

  private struct State {
    /// When the question was put that is not answered yet.
    var askedAt: ContinuousClock.Instant?
    var troubles: [String] = []
  }

  private let stages: [Stage]
  private let pace: Duration
  private let limit: Duration
  private let states: Mutex<[State]>
  private let clock = ContinuousClock()

  /// - Parameters:
  ///   - pace: between an answer and the next question.
  ///   - limit: a longer silence is a stall.
  init(stages: [Stage], pace: Duration = .seconds(5), limit: Duration) {
    self.stages = stages
    self.pace = pace
    self.limit = limit
    states = Mutex(Array(repeating: State(), count: stages.count))
  }

  func run() async {
    // Unstructured, for a stuck stage can't be waited for: it must not hold up the others' stop.
    let tasks = stages.indices.map { index in Task { await self.follow(index) } }
    try? await gracefulShutdown()
    for task in tasks { task.cancel() }
  }

  private func follow(_ index: Int) async {
    while !Task.isCancelled {
      states.withLock { $0[index].askedAt = clock.now }
      let troubles: [String]
      do {
        troubles = try await stages[index].ask()
      } catch {
        troubles = ["\(stages[index].name): \(error)"]
      }
      states.withLock { $0[index] = State(troubles: troubles) }
      try? await Task.sleep(for: pace)
    }
  }

  /// The stages that are stuck.
  var stalls: [Stall] { stalls(beyond: limit) }

  /// The stages that have given no sign of life for longer than this.
  func stalls(beyond limit: Duration) -> [Stall] {
    let now = clock.now
    return states.withLock { states in
      zip(stages, states).compactMap { stage, state in
        guard let askedAt = state.askedAt, now - askedAt > limit else { return nil }
        return Stall(stage: stage.name, silence: now - askedAt)
      }
    }
  }

  /// What the stages said at last.
  var troubles: [String] { states.withLock { $0.flatMap(\.troubles) } }
}
