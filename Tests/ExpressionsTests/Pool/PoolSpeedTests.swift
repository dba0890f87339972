import Expressions
import Testing

/// How fast the pool is, in virtual time.
struct PoolSpeedTests {
  @Test(arguments: [1, 2, 5, 10])
  func `ten batches take as many rounds as the limit makes`(limit: Int) {
    var pool = PoolSimulation(
      limits: ExtractorLimits(concurrency: limit), server: .init(), tickets: 10)
    pool.run(until: .seconds(600))
    #expect(pool.answered.count == 10)
    let rounds = (10 + limit - 1) / limit
    #expect(pool.answered.last?.time == .seconds(5 * rounds))
    #expect(pool.server.mostInFlight == limit)
  }

  @Test func `five hundred quick batches at fifty`() {
    var pool = PoolSimulation(
      limits: ExtractorLimits(concurrency: 50), server: .init(latency: 0.2...0.2), tickets: 500)
    pool.run(until: .seconds(600))
    #expect(pool.answered.last?.time == .milliseconds(2_000))
  }

  /// Latencies and ways to the server as they are: no two alike.
  @Test(arguments: [5, 20, 60], [UInt64(1), 2, 3])
  func `a known limit is used in full and hardly overrun`(concurrency: Int, seed: UInt64) {
    var pool = PoolSimulation(
      limits: ExtractorLimits(concurrency: concurrency, requestsPerMinute: 60),
      server: .init(requestsPerMinute: 60, latency: 1...4, jitter: 0.01...0.4),
      tickets: 2_000, seed: seed)
    pool.run(until: .seconds(600))
    #expect(pool.answered.count >= 570)
    let late = pool.refused.count { $0 > .seconds(60) }
    #expect(Double(late) < 0.02 * Double(pool.arrivals))
  }

  /// Over five runs: how much of a server's unknown limit is used, and how often it says no.
  @Test(arguments: [true, false], [4, 10, 40])
  func `an unknown limit is found`(namesWait: Bool, concurrency: Int) {
    for latency in [1...4, 5...5] as [ClosedRange<Double>] {
      var (answered, refused, arrivals) = (0, 0, 0)
      for seed in 1...5 as ClosedRange<UInt64> {
        var pool = PoolSimulation(
          limits: ExtractorLimits(concurrency: concurrency),
          server: .init(
            requestsPerMinute: 60, namesWait: namesWait, latency: latency, jitter: 0.01...0.4),
          tickets: 2_000, seed: seed)
        pool.run(until: .seconds(600))
        #expect(pool.turnedAway == [])
        answered += pool.answered.count
        refused += pool.refused.count
        arrivals += pool.arrivals
      }
      print(
        "unknown limit, server \(namesWait ? "names" : "does not name") the wait,",
        "\(concurrency) slots, \(latency) s: \(answered * 100 / 3_000) % of the limit used,",
        "\(refused * 100 / arrivals) % of the requests refused")
      #expect(answered >= 3_000 * 7 / 10)
      #expect(refused * 5 < arrivals)
    }
  }
}
