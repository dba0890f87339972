import Expressions
import Foundation
import LanguageModels
import Logging
import Store

// What a call took, written after it.
extension ExtractionPool {
  /// Sends a provider one small request, which waits for no slot, but counts like any other.
  /// - Throws: `ExtractionFailure`, `StoreError`, `CancellationError`.
  func check(
    _ lane: PoolLane, _ extractor: LanguageModelExtractor
  ) async throws -> ProviderCheckReport {
    let day = lane.day?.current(at: Date.now.timeIntervalSince1970).name
    let usd = lane.limits.price.cost(of: extractor.checkEstimate)
    if let day {
      try await ledger.reserve(Reservation(provider: lane.name, day: day, requests: 1, usd: usd))
    }
    let result: Result<ProviderCheckReport, ExtractionFailure>
    do {
      let report = try await extractor.check()
      await settle(
        lane, day, report.usage, requests: report.requests - 1,
        usd: lane.limits.price.cost(of: report.usage) - usd)
      result = .success(report)
    } catch let failure as ExtractionFailure {
      let failure = sinceMidnight(failure, lane)
      await settle(failure, lane, day, reserved: usd)
      result = .failure(failure)
    }
    // The machine did not start it, and hears of it by the ledger.
    if day != nil, let index = lanes.firstIndex(where: { $0.name == lane.name }) {
      await renewDay(index)
    }
    return try result.get()
  }

  /// - Parameter usd: what was reserved for the call, besides one request.
  func settle(
    _ failure: ExtractionFailure, _ lane: PoolLane, _ day: String?, reserved usd: Double
  ) async {
    let more = failure.requests - 1
    if failure.usage != .zero {
      let cost = lane.limits.price.cost(of: failure.usage)
      await settle(lane, day, failure.usage, requests: more, usd: cost - usd)
    } else if failure.kind != .retry {
      // The server did no work for it.
      await settle(lane, day, .zero, requests: more, usd: -usd)
    } else if more != 0 {
      // Nobody knows whether it was billed: what was reserved stands.
      await settle(lane, day, .zero, requests: more, usd: 0)
    }
    if case .daySpent(let limit) = failure.kind, let day { await close(day, lane, limit) }
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

  private func close(_ day: String, _ lane: PoolLane, _ limit: Int?) async {
    do {
      try await ledger.closeDay(lane.name, day, requestLimit: limit)
    } catch {
      logger.error(
        "the ledger can't be written: after a restart the spent day of \(lane.name) may be asked again; tried again",
        metadata: ["reason": "\(error)"])
      // Unstructured, for the batch that has failed does not wait for it; it ends with the day, or when the pool is drained.
      Task { await self.closeLater(day, lane, limit) }
    }
  }

  private func closeLater(_ day: String, _ lane: PoolLane, _ limit: Int?) async {
    var isWritten = false
    // A person who says that there is more ends it too.
    while !isWritten, !machine.isDrained, isSpent(lane),
      lane.day?.current(at: Date.now.timeIntervalSince1970).name == day
    {
      try? await Task.sleep(for: Self.ledgerWait)
      isWritten =
        (try? await ledger.closeDay(lane.name, day, requestLimit: limit)) != nil
    }
  }

  private func isSpent(_ lane: PoolLane) -> Bool {
    zip(lanes, snapshot()).contains { $0.name == lane.name && $1.isDaySpent }
  }

  /// Between two tries to read or write the ledger.
  static let ledgerWait = Duration.seconds(5)
}
