import Expressions
import Foundation
import Logging
import Store

// The providers' days: what was spent before, and when they end.
extension ExtractionPool {
  /// What was spent before this start of the program counts from the first request on.
  func prepareDays() async throws {
    let running =
      preparation
      // Unstructured, for all who ask first wait for the same one.
      ?? Task {
        for index in lanes.indices where lanes[index].day != nil { try await loadDay(index) }
      }
    preparation = running
    do {
      try await running.value
    } catch {
      preparation = nil
      throw error
    }
  }

  /// Returns when the day is known, or nobody asks any more.
  func renewDay(_ index: Int) async {
    while !machine.isDrained, !Task.isCancelled {
      do {
        try await loadDay(index)
        return pump()
      } catch {
        logger.critical(
          "the ledger can't be read; tried again in 5 s", metadata: ["reason": "\(error)"])
        try? await Task.sleep(for: Self.ledgerWait)
      }
    }
  }

  private func loadDay(_ index: Int) async throws {
    let lane = lanes[index]
    let wall = Date.now.timeIntervalSince1970
    let (name, end) = (lane.day ?? ProviderDay(timeZone: .gmt)).current(at: wall)
    let spent = try await ledger.spending(of: lane.name, day: name)
    machine.setDay(
      PoolDay(
        requests: spent.requests, usd: spent.usd, ends: now + .seconds(max(0.1, end - wall)),
        requestLimit: spent.requestLimit, isSpent: spent.isClosed),
      lane: index, now: now)
  }
}
