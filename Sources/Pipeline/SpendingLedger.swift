import Expressions
import Store

/// What providers were asked and paid, written before each call.
///
/// What comes together is one transaction: fifty requests that start at once, and the fifty that have just ended, wait
/// for one sync, not for a hundred.
package actor SpendingLedger {
  private let store: EpisodeStore
  private var waiting: [(Correction, CheckedContinuation<Void, any Error>)] = []
  private var isWriting = false

  package init(store: EpisodeStore) { self.store = store }

  nonisolated func spending(of provider: String, day: String) async throws -> DaySpending {
    try await store.spending(of: provider, day: day)
  }

  /// Returns when the reservation is durable.
  func reserve(_ reservation: Reservation) async throws {
    try await add(
      Correction(
        provider: reservation.provider, day: reservation.day, requests: reservation.requests,
        usage: .zero, usdDelta: reservation.usd))
  }

  func settle(_ correction: Correction) async throws { try await add(correction) }

  private func add(_ correction: Correction) async throws {
    try await withCheckedThrowingContinuation { continuation in
      waiting.append((correction, continuation))
      guard !isWriting else { return }
      isWriting = true
      // Unstructured, for it writes for all who wait, whichever of them is cancelled.
      Task { await self.write() }
    }
  }

  private func write() async {
    while !waiting.isEmpty {
      let batch = waiting
      waiting = []
      let result: Result<Void, any Error>
      do {
        try await store.settle(batch.map(\.0))
        result = .success(())
      } catch {
        result = .failure(error)
      }
      for (_, continuation) in batch { continuation.resume(with: result) }
    }
    isWriting = false
  }

  nonisolated func reopenDay(_ provider: String, _ day: String) async throws {
    try await store.reopenDay(provider, day)
  }

  nonisolated func closeDay(_ provider: String, _ day: String, requestLimit: Int?) async throws {
    try await store.closeDay(provider, day, requestLimit: requestLimit)
  }
}
