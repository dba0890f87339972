import Expressions
import Logging
import Store

// What a call took, written after it.
extension ExtractionPool {
  func settle(
    _ failure: ExtractionFailure, _ lane: PoolLane, _ day: String?, _ start: PoolStart
  ) async {
    if failure.usage != .zero {
      let cost = lane.limits.price.cost(of: failure.usage)
      await settle(lane, day, failure.usage, usd: cost - start.usd)
      return
    }
    switch failure.kind {
    case .unreachable:
      // It was never sent.
      await settle(lane, day, .zero, requests: -1, usd: -start.usd)
    case .throttled, .refused, .permanent, .split:
      await settle(lane, day, .zero, usd: -start.usd)
    case .daySpent(let limit):
      await settle(lane, day, .zero, usd: -start.usd)
      guard let day else { return }
      try? await ledger.closeDay(lane.name, day, requestLimit: limit)
    case .retry:
      // Nobody knows whether it was billed: the reservation stands.
      break
    }
  }

  func settle(
    _ lane: PoolLane, _ day: String?, _ usage: TokenUsage, requests: Int = 0, usd: Double
  ) async {
    guard let day else { return }
    do {
      try await ledger.settle(
        Correction(
          provider: lane.name, day: day, requests: requests, usage: usage, usdDelta: usd))
    } catch {
      // What was reserved stays counted, which errs on the safe side.
      logger.error("the ledger can't be written", metadata: ["reason": "\(error)"])
    }
  }
}
