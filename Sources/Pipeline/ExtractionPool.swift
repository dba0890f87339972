import Expressions

/// Keeps at most `limit` batches with the extractor at once, over all episodes.
actor ExtractionPool {
  private let extractor: any Extractor
  private var free: Int
  private var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
  private var nextID = 0

  init(extractor: any Extractor, limit: Int) {
    self.extractor = extractor
    free = limit
  }

  nonisolated var identity: ExtractorIdentity { extractor.identity }

  nonisolated func supports(sourceLanguage: String) -> Bool {
    extractor.supports(sourceLanguage: sourceLanguage)
  }

  /// Waits for a free slot, in the order of asking, then asks the extractor.
  func candidates(in batch: Batch, for request: ExtractionRequest) async throws -> [Candidate] {
    try await takeSlot()
    defer { giveSlot() }
    return try await ask(batch, request)
  }

  /// Off the actor: the slot is held, the actor is not.
  private nonisolated func ask(
    _ batch: Batch, _ request: ExtractionRequest
  ) async throws -> [Candidate] {
    try await extractor.candidates(in: batch, for: request)
  }

  private func takeSlot() async throws {
    try Task.checkCancellation()
    if free > 0 {
      free -= 1
      return
    }
    nextID += 1
    let id = nextID
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        // A cancellation that came before this line has found no waiter to resume.
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          waiting.append((id, continuation))
        }
      }
    } onCancel: {
      // Unstructured, for a cancellation handler can't await; it only removes a waiter.
      Task { await self.withdraw(id) }
    }
  }

  /// A slot passes straight to the first who waits.
  private func giveSlot() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().continuation.resume()
    }
  }

  private func withdraw(_ id: Int) {
    guard let place = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: place).continuation.resume(throwing: CancellationError())
  }
}
