import Expressions
import Testing

/// Slots, minutes, and what a server's refusals do to them.
struct PoolRateTests {
  @Test func `requests a minute, with a little to spare`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, requestsPerMinute: 2))
    bench.submit(1...4)
    #expect(bench.starts() == [1, 2])
    bench.finish(1, as: .answered)
    bench.finish(2, as: .cancelled)
    #expect(bench.starts() == [])
    #expect(bench.wakeAt() == .milliseconds(60_600))
    bench.now = .milliseconds(60_500)
    #expect(bench.starts() == [])
    bench.now = .milliseconds(60_600)
    #expect(bench.starts() == [3, 4])
  }

  @Test func `what was not sent leaves its minute to others`() {
    var bench = PoolBench(
      ExtractorLimits(concurrency: 10, requestsPerMinute: 1, inputTokensPerMinute: 100))
    bench.submit(1...3, tokens: 100)
    #expect(bench.starts() == [1])
    bench.finish(1, as: .unsent)
    #expect(bench.starts() == [2])
    bench.finish(2, as: .unreachable)
    #expect(bench.starts() == [])
  }

  @Test func `tokens are reserved by estimate and corrected both ways`() {
    for (used, expected) in [(100, [2]), (950, []), (nil, [])] as [(Int?, [Int])] {
      var bench = PoolBench(ExtractorLimits(concurrency: 10, inputTokensPerMinute: 1_000))
      bench.submit(1...1, tokens: 700)
      bench.submit(2...2, tokens: 600)
      #expect(bench.starts() == [1])
      #expect(bench.wakeAt() == .milliseconds(60_600))
      bench.now = .seconds(5)
      bench.finish(1, as: .answered, usage: used.map { TokenUsage(input: $0, output: 0) })
      #expect(bench.starts() == expected)
    }
  }

  @Test func `what a request used beyond its estimate is counted too`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, inputTokensPerMinute: 1_000))
    bench.submit(1...1, tokens: 100)
    #expect(bench.starts() == [1])
    bench.finish(1, as: .answered, usage: TokenUsage(input: 950, output: 0))
    bench.submit(2...2, tokens: 100)
    #expect(bench.starts() == [])
    bench.sleep()
    #expect(bench.starts() == [2])
  }

  @Test func `output tokens have a limit of their own`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, outputTokensPerMinute: 10))
    for id in 1...2 {
      bench.machine.submit(
        PoolTicket(
          id: id, priority: PoolPriority(rank: 0, episode: 0, batch: id),
          estimate: TokenUsage(input: 9_999, output: 6)), now: .zero)
    }
    #expect(bench.starts() == [1])
    bench.finish(1, as: .failed, usage: TokenUsage(input: 0, output: 4))
    #expect(bench.starts() == [2])
  }

  @Test func `small requests do not starve a big one`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, inputTokensPerMinute: 1_000))
    bench.submit(1...1, tokens: 500)
    bench.submit(2...2, tokens: 900)
    bench.submit(3...9, tokens: 10)
    #expect(bench.starts() == [1])
    bench.now = .milliseconds(60_600)
    #expect(bench.starts() == [2, 3, 4, 5, 6, 7, 8, 9])
  }

  @Test func `what exceeds a minute alone runs in an empty one`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, inputTokensPerMinute: 1_000))
    bench.submit(1...1, tokens: 10)
    bench.submit(2...3, tokens: 5_000)
    #expect(bench.starts() == [1])
    bench.sleep()
    #expect(bench.starts() == [2])
    bench.sleep()
    #expect(bench.now == .milliseconds(121_200))
    #expect(bench.starts() == [3])
  }

  @Test func `one herd that is throttled halves the limit once`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 8))
    bench.submit(1...100)
    #expect(bench.starts().count == 8)
    for id in 1...8 { bench.finish(id, as: .throttled(.seconds(10))) }
    #expect(bench.lane().limit == 4)
    #expect(bench.lane().breaker == .closed)
    #expect(bench.starts() == [])
    #expect(bench.wakeAt() == .seconds(10))
    bench.now = .seconds(10)
    #expect(bench.starts() == [9, 10, 11, 12])
    bench.finish(9, as: .throttled(.seconds(1)))
    #expect(bench.lane().limit == 2)
    bench.finish(10, as: .throttled(.seconds(1)))
    #expect(bench.lane().limit == 2)
  }

  @Test func `each full round of successes adds one`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 3))
    bench.submit(1...100)
    for id in bench.starts() { bench.finish(id, as: .throttled(.seconds(1))) }
    bench.now = .seconds(1)
    var limits = [bench.lane().limit]
    for _ in 1...8 {
      // One after another, so that what runs is not what counts.
      let id = bench.starts()
      for id in id.dropFirst() {
        bench.finish(id, as: .cancelled)
      }
      bench.finish(id[0], as: .batchFailed(reason: "blocked"))
      limits.append(bench.lane().limit)
    }
    #expect(limits == [1, 2, 2, 3, 3, 3, 3, 3, 3])
  }

  @Test func `the later end of the gate wins and a server's word is bounded`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 3))
    bench.submit(1...3)
    #expect(bench.starts().count == 3)
    bench.finish(1, as: .throttled(.seconds(30)))
    bench.finish(2, as: .throttled(.seconds(10)))
    #expect(bench.lane().gateUntil == .seconds(30))
    bench.finish(3, as: .throttled(.seconds(1_000_000)))
    #expect(bench.lane().gateUntil == .seconds(86_400))
  }

  @Test func `without a word the gate grows with full jitter up to a minute`() {
    var longest: [Duration] = Array(repeating: .zero, count: 12)
    for seed in 1...200 {
      var bench = PoolBench(ExtractorLimits(concurrency: 1), seed: UInt64(seed))
      for attempt in 0..<9 {
        bench.submit(attempt...attempt)
        #expect(bench.starts() == [attempt])
        bench.finish(attempt, as: .throttled)
        let wait = (bench.lane().gateUntil ?? bench.now) - bench.now
        #expect(wait <= .seconds(min(60, 1 << attempt)))
        longest[attempt] = max(longest[attempt], wait)
        bench.now += wait
      }
    }
    for attempt in 0..<9 { #expect(longest[attempt] > .seconds(min(60, 1 << attempt)) * 0.9) }
  }

  @Test func `one success does not make the gate forget`() {
    var longest = Duration.zero
    for seed in 1...50 {
      var bench = PoolBench(ExtractorLimits(concurrency: 1), seed: UInt64(seed))
      for (id, outcome) in [PoolOutcome.throttled, .throttled, .answered, .throttled].enumerated() {
        bench.submit(id...id)
        bench.sleep()
        if bench.machine.inFlightCount == 0 { _ = bench.starts() }
        bench.finish(id, as: outcome)
      }
      longest = max(longest, (bench.lane().gateUntil ?? bench.now) - bench.now)
    }
    #expect(longest > .seconds(3) && longest <= .seconds(4))
  }

  @Test func `a wait of nothing is no word`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...1)
    #expect(bench.starts() == [1])
    bench.finish(1, as: .throttled(.seconds(-5)))
    #expect(bench.lane().gateUntil.map { $0 > .zero && $0 <= .seconds(1) } == true)
  }

  @Test func `what is in flight while the gate closes ends as it will`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 2))
    bench.submit(1...3)
    #expect(bench.starts() == [1, 2])
    bench.finish(1, as: .throttled(.seconds(5)))
    bench.finish(2, as: .answered)
    #expect(bench.machine.inFlightCount == 0)
    #expect(bench.starts() == [])
  }

  @Test func `nonsense in numbers is survived`() {
    var bench = PoolBench(
      ExtractorLimits(
        concurrency: -3, requestsPerMinute: 0, inputTokensPerMinute: -1, outputTokensPerMinute: 0))
    bench.submit(1...1, tokens: .min)
    #expect(bench.starts() == [1])
    bench.finish(1, as: .answered, usage: TokenUsage(input: .max, output: .min))
    bench.submit(2...2, tokens: .max)
    bench.sleep()
    #expect(bench.starts() == [2])
  }
}
