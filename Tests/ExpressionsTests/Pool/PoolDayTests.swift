import Expressions
import Testing

/// The provider's day: requests and money.
struct PoolDayTests {
  /// A dollar buys a million input tokens.
  private let priced = ExtractorLimits(
    concurrency: 10, usdPerDay: 1, price: TokenPrice(inputUSD: 1, outputUSD: 0))

  private func day(
    _ requests: Int, _ usd: Double = 0, ends: Int = 3_600, limit: Int? = nil, isSpent: Bool = false
  ) -> PoolDay {
    PoolDay(
      requests: requests, usd: usd, ends: .seconds(ends), requestLimit: limit, isSpent: isSpent)
  }

  @Test func `nothing starts before the day is known, and it is asked for once`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, requestsPerDay: 3))
    bench.submit(1...2)
    let decision = bench.machine.decide(now: .zero)
    #expect(decision.renewDays == [0] && decision.starts == [] && decision.wakeAt == nil)
    bench.now = .seconds(10)
    #expect(bench.machine.decide(now: bench.now).isEmpty)
    bench.machine.setDay(day(2), lane: 0, now: bench.now)
    let next = bench.machine.decide(now: bench.now)
    #expect(next.starts.map(\.id) == [1])
    #expect(
      next.refusals == [
        PoolRefusal(id: 2, until: .seconds(3_600), reason: .daySpent, lane: 0)
      ])
    #expect(bench.lane().dayRequests == 3 && bench.lane().isDaySpent)
  }

  @Test func `every request that the server saw is one of the day's`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, requestsPerDay: 10))
    bench.submit(1...4)
    bench.machine.setDay(day(0), lane: 0, now: bench.now)
    #expect(bench.starts() == [1, 2, 3, 4])
    bench.machine.finish(1, .answered, requests: 3, now: bench.now)
    #expect(bench.lane().dayRequests == 6)
    bench.machine.finish(2, .unreachable, requests: 2, now: bench.now)
    #expect(bench.lane().dayRequests == 7, "two were seen, and the third was not")
    bench.machine.finish(3, .unreachable, now: bench.now)
    #expect(bench.lane().dayRequests == 6)
    bench.machine.finish(4, .refused, requests: 8, now: bench.now)
    #expect(bench.lane().dayRequests == 13)
    bench.submit(5...5)
    #expect(bench.starts() == [], "the limit is reached")
  }

  @Test func `requests beyond the first count in the minute too`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, requestsPerMinute: 4))
    bench.submit(1...1)
    #expect(bench.starts() == [1])
    bench.machine.finish(1, .answered, requests: 3, now: bench.now)
    bench.submit(2...3)
    #expect(bench.starts() == [2])
  }

  @Test func `a lane without limits is never asked about its day`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...1)
    #expect(bench.machine.decide(now: .zero).renewDays == [])
    bench.now = .seconds(1_000_000)
    #expect(bench.machine.decide(now: bench.now).renewDays == [])
  }

  @Test func `the day's end brings a new one`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, requestsPerDay: 1))
    bench.machine.setDay(day(1), lane: 0, now: .zero)
    bench.now = .seconds(3_550)
    bench.submit(1...1)
    #expect(bench.wakeAt() == .seconds(3_600))
    bench.sleep()
    #expect(bench.machine.decide(now: bench.now).renewDays == [0])
    #expect(bench.machine.decide(now: bench.now).isEmpty)
    bench.machine.setDay(day(0, ends: 90_000), lane: 0, now: bench.now)
    #expect(bench.starts() == [1])
  }

  @Test func `a day that is over already is not asked for in a circle`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10, requestsPerDay: 9))
    bench.now = .seconds(5_000)
    bench.submit(1...1)
    #expect(bench.machine.decide(now: bench.now).renewDays == [0])
    bench.machine.setDay(day(0), lane: 0, now: bench.now)
    let decision = bench.machine.decide(now: bench.now)
    #expect(decision.renewDays == [] && decision.starts.map(\.id) == [1])
  }

  @Test func `a server that says the day is spent closes it whatever wait it names`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 2), ExtractorLimits(concurrency: 2))
    bench.machine.setDay(day(0), lane: 0, now: .zero)
    bench.submit(1...3)
    #expect(bench.startsByLane() == [[1, 0], [2, 0]])
    bench.finish(1, as: .daySpent(dailyRequests: 20, reason: "per day"))
    bench.finish(2, as: .throttled(.seconds(51)))
    #expect(bench.lane().dayRequestLimit == 20 && bench.lane().isDaySpent)
    #expect(bench.startsByLane() == [[3, 1]])
    bench.now = .seconds(1_000)
    bench.submit(4...4)
    #expect(bench.startsByLane() == [[4, 1]])
    // What the caller remembers of the same day does not open it.
    bench.machine.setDay(day(0), lane: 0, now: bench.now)
    #expect(bench.lane().isDaySpent)
    bench.now = .seconds(3_600)
    bench.submit(5...5)
    #expect(bench.machine.decide(now: bench.now).renewDays == [0])
    bench.machine.setDay(day(0, ends: 90_000), lane: 0, now: bench.now)
    #expect(bench.startsByLane() == [[5, 0]])
    #expect(bench.lane().dayRequestLimit == 20)
  }

  @Test func `a spent day whose end is unknown lasts an hour`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...1)
    #expect(bench.starts() == [1])
    bench.finish(1, as: .daySpent)
    bench.submit(2...2)
    #expect(
      bench.machine.decide(now: .zero).refusals == [
        PoolRefusal(id: 2, until: .seconds(3_600), reason: .daySpent, lane: 0, text: "per day")
      ])
    bench.now = .seconds(3_600)
    bench.submit(3...3)
    let decision = bench.machine.decide(now: bench.now)
    #expect(decision.renewDays == [0] && decision.starts == [])
    bench.machine.setDay(day(1, ends: 9_000), lane: 0, now: bench.now)
    #expect(bench.starts() == [3])
  }

  @Test func `a lane without limits asks for the counts' sake and starts on`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 5))
    bench.machine.setDay(day(3, ends: 100), lane: 0, now: .zero)
    bench.now = .seconds(100)
    bench.submit(1...1)
    let decision = bench.machine.decide(now: bench.now)
    #expect(decision.renewDays == [0] && decision.starts.map(\.id) == [1])
    // The answer has not come when the server closes the day, so it is asked for again.
    bench.finish(1, as: .daySpent)
    #expect(bench.machine.decide(now: bench.now).renewDays == [])
    bench.now = .seconds(3_700)
    bench.submit(2...2)
    #expect(bench.machine.decide(now: bench.now).renewDays == [0])
    bench.machine.setDay(day(0, ends: 9_000), lane: 0, now: bench.now)
    #expect(bench.starts() == [2])
    #expect(bench.lane().dayRequests == 1)
  }

  @Test func `a spent day is remembered over a restart`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.machine.setDay(day(7, isSpent: true), lane: 0, now: .zero)
    bench.submit(1...1)
    #expect(bench.machine.decide(now: .zero).refusals.map(\.reason) == [.daySpent])
  }

  @Test(
    arguments: [
      (nil, 20, 20), (50, 20, 20), (20, 50, 20), (20, 0, 20), (20, nil, 20),
    ] as [(Int?, Int?, Int)])
  func `the smaller request limit holds`(configured: Int?, learned: Int?, limit: Int) {
    var bench = PoolBench(ExtractorLimits(concurrency: 1, requestsPerDay: configured))
    bench.machine.setDay(day(0, limit: learned), lane: 0, now: .zero)
    #expect(bench.lane().dayRequestLimit == limit)
  }

  @Test func `an answer about yesterday does not close today`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 2, requestsPerDay: 10))
    bench.machine.setDay(day(0), lane: 0, now: .zero)
    bench.submit(1...2)
    #expect(bench.starts() == [1, 2])
    bench.now = .seconds(3_601)
    bench.finish(1, as: .daySpent)
    #expect(bench.machine.decide(now: bench.now).renewDays == [0])
    bench.machine.setDay(day(0, ends: 90_000), lane: 0, now: bench.now)
    bench.finish(2, as: .daySpent)
    bench.submit(3...3)
    #expect(bench.starts() == [3])
    #expect(bench.lane().dayRequests == 1)
  }

  @Test func `money is reserved by estimate and corrected by usage`() {
    var bench = PoolBench(priced)
    bench.machine.setDay(day(0, 0.5), lane: 0, now: .zero)
    bench.submit(1...2, tokens: 300_000)
    // The second waits: the first may take less than it reserved.
    let decision = bench.machine.decide(now: .zero)
    #expect(decision.starts == [PoolStart(id: 1, lane: 0, isProbe: false, usd: 0.3)])
    #expect(decision.refusals == [])
    bench.finish(1, as: .answered, usage: TokenUsage(input: 100_000, output: 0))
    #expect(abs(bench.lane().dayUSD - 0.6) < 1e-9)
    #expect(bench.starts() == [2])
    bench.finish(2, as: .answered, usage: TokenUsage(input: 400_000, output: 0))
    bench.submit(3...3, tokens: 1)
    #expect(bench.machine.decide(now: .zero).refusals.map(\.reason) == [.daySpent])
  }

  @Test(arguments: [
    (PoolOutcome.failed, 0.3, 1), (.cancelled, 0.3, 1), (.answered, 0.3, 1), (.throttled, 0, 1),
    (.refused, 0, 1), (.daySpent, 0, 1), (.unreachable, 0, 0), (.unsent, 0, 0),
  ])
  func `what a server turned away cost nothing`(outcome: PoolOutcome, usd: Double, requests: Int) {
    var bench = PoolBench(priced)
    bench.machine.setDay(day(0), lane: 0, now: .zero)
    bench.submit(1...1, tokens: 300_000)
    #expect(bench.starts() == [1])
    bench.finish(1, as: outcome)
    #expect(abs(bench.lane().dayUSD - usd) < 1e-9)
    #expect(bench.lane().dayRequests == requests)
  }

  @Test func `tenths of a dollar add up to one`() {
    var bench = PoolBench(priced)
    bench.machine.setDay(day(0), lane: 0, now: .zero)
    bench.submit(1...10, tokens: 100_000)
    #expect(bench.starts().count == 10)
  }

  @Test func `money of yesterday's request is not given back today`() {
    var bench = PoolBench(priced)
    bench.machine.setDay(day(0), lane: 0, now: .zero)
    bench.submit(1...1, tokens: 900_000)
    #expect(bench.starts() == [1])
    bench.now = .seconds(3_600)
    #expect(bench.machine.decide(now: bench.now).renewDays == [0])
    bench.machine.setDay(day(0, 0.2, ends: 90_000), lane: 0, now: bench.now)
    bench.finish(1, as: .answered, usage: .zero)
    #expect(bench.lane().dayUSD == 0.2)
  }

  @Test func `a cheap lane takes what a dear one has no money for`() {
    var bench = PoolBench(priced, ExtractorLimits(concurrency: 1))
    bench.machine.setDay(day(0, 0.9), lane: 0, now: .zero)
    bench.submit(1...1, tokens: 200_000)
    bench.submit(2...2, tokens: 50_000)
    #expect(bench.startsByLane() == [[1, 1], [2, 0]])
  }
}
