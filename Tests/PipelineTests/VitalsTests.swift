import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(5))) struct VitalsTests {
  /// Something that answers only while it is let.
  private final class Stage: Sendable {
    private let state = Mutex((isStuck: false, waiting: [CheckedContinuation<Void, Never>]()))

    /// Cancellation changes nothing, as with a call into a disk that hangs.
    func ask() async {
      await withCheckedContinuation { continuation in
        let isStuck = state.withLock { state in
          if state.isStuck { state.waiting.append(continuation) }
          return state.isStuck
        }
        if !isStuck { continuation.resume() }
      }
    }

    func stick() { state.withLock { $0.isStuck = true } }

    func free() {
      let waiting = state.withLock { state in
        state.isStuck = false
        defer { state.waiting = [] }
        return state.waiting
      }
      for continuation in waiting { continuation.resume() }
    }
  }

  private struct Failure: Error, CustomStringConvertible { var description: String }

  private func wait(until condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(2)) }
  }

  @Test func aStuckStageIsToldAndHoldsUpNothing() async throws {
    let stuck = Stage()
    let vitals = Vitals(
      stages: [
        .init(name: "stuck") {
          await stuck.ask()
          return []
        },
        .init(name: "well") { [] },
        .init(name: "troubled") { ["it limps"] },
        .init(name: "broken") { throw Failure(description: "no disk") },
      ], pace: .milliseconds(1), limit: .milliseconds(20))
    let group = ServiceGroup(
      configuration: .init(services: [vitals], logger: Logger(label: "test")))
    let running = Task { try await group.run() }
    try await wait { vitals.troubles == ["it limps", "broken: no disk"] }
    // An answer that a busy machine delays is a stall for as long as it takes.
    try await wait { vitals.stalls.isEmpty }

    stuck.stick()
    try await wait { vitals.stalls.map(\.stage).contains("stuck") }
    #expect(vitals.stalls.first?.silence ?? .zero > .milliseconds(20))
    stuck.free()
    try await wait { vitals.stalls.isEmpty }

    stuck.stick()
    try await wait { vitals.stalls.map(\.stage).contains("stuck") }
    // The stop does not wait for it.
    await group.triggerGracefulShutdown()
    try await running.value
    stuck.free()
  }
}
