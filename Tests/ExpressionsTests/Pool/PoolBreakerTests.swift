import Expressions
import Testing

/// Lanes that fail, and tickets that nobody takes.
struct PoolBreakerTests {
  /// Fails one ticket after another, from id 1, until the breaker opens or so many have failed.
  private func fail(
    _ bench: inout PoolBench, as outcome: PoolOutcome, atMost count: Int
  ) -> Int {
    for id in 1...count {
      bench.submit(id...id)
      if bench.starts().isEmpty { bench.sleep() }
      guard bench.machine.inFlightCount == 1 || bench.starts() == [id] else { return id - 1 }
      bench.finish(id, as: outcome)
      if bench.lane().breaker != .closed { return id }
    }
    return count
  }

  @Test(arguments: [
    (PoolOutcome.failed, 5), (.unreachable, 2), (.throttled, 10), (.answered, 30),
    (.batchFailed(reason: "blocked"), 30), (.cancelled, 30), (.unsent, 30),
  ])
  func `so many in a row open it`(outcome: PoolOutcome, count: Int) {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    #expect(fail(&bench, as: outcome, atMost: 30) == count)
    if count < 30 {
      guard case .open(let until) = bench.lane().breaker else {
        Issue.record("not open")
        return
      }
      #expect(until - bench.now >= .seconds(7.5) && until - bench.now <= .seconds(15))
    }
  }

  @Test func `a success between failures starts the count again`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    for id in 1...50 {
      bench.submit(id...id)
      #expect(bench.starts() == [id])
      bench.finish(id, as: id % 5 == 0 ? .answered : .failed)
    }
    #expect(bench.lane().breaker == .closed)
  }

  @Test func `a server that answers at all can be reached`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    for (id, outcome) in [PoolOutcome.unreachable, .failed, .unreachable, .throttled].enumerated() {
      bench.submit(id...id)
      #expect(bench.starts() == [id])
      bench.finish(id, as: outcome)
    }
    #expect(bench.lane().breaker == .closed)
  }

  /// A lane with its breaker open, tickets from 10 on waiting for it.
  private func opened(_ count: Int = 1) -> PoolBench {
    var bench = PoolBench(ExtractorLimits(concurrency: count))
    bench.submit(1...2)
    for _ in 1...2 {
      for id in bench.starts() { bench.finish(id, as: .unreachable) }
    }
    bench.submit(10...19)
    return bench
  }

  @Test func `one probe goes first and opens the way for the others`() {
    var bench = opened(10)
    #expect(bench.starts() == [])
    bench.sleep()
    #expect(bench.lane().breaker == .halfOpen)
    let decision = bench.machine.decide(now: bench.now)
    #expect(decision.starts == [PoolStart(id: 10, lane: 0, isProbe: true, usd: 0)])
    #expect(decision.refusals == [] && decision.wakeAt == nil)
    #expect(bench.lane().breaker == .probing)
    bench.finish(10, as: .answered)
    #expect(bench.starts().count == 9)
    #expect(bench.lane().breaker == .closed)
  }

  @Test func `a vain probe opens it for longer, up to ten minutes, and then tickets are refused`() {
    var bench = opened()
    var waits: [Duration] = []
    var probe = 10
    while waits.count < 8 {
      guard case .open(let until) = bench.lane().breaker else { break }
      waits.append(until - bench.now)
      bench.now = until
      let decision = bench.machine.decide(now: bench.now)
      #expect(decision.starts.map(\.isProbe) == [true])
      bench.finish(decision.starts[0].id, as: .failed)
      // Those that wait are refused when it is too long for them; new ones come all the time.
      probe += 100
      bench.submit(probe...probe)
    }
    for (index, wait) in waits.enumerated() {
      let longest = Duration.seconds(min(600, 15 << index))
      #expect(wait >= longest / 2 && wait <= longest)
    }
    #expect(waits.count == 8)
  }

  @Test func `tickets are refused when it stays open for longer than they wait`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...1)
    #expect(bench.starts() == [1])
    bench.submit(2...3)
    bench.finish(1, as: .throttled(.seconds(3_600)))
    #expect(
      bench.machine.decide(now: .zero).refusals
        == [2, 3].map {
          PoolRefusal(id: $0, until: .seconds(3_600), reason: .gated, lane: 0, text: "429")
        })
    bench.submit(4...4)
    #expect(bench.machine.decide(now: .zero).refusals.count == 1)
    bench.now = .seconds(3_599)
    bench.submit(5...5)
    #expect(bench.wakeAt() == .seconds(3_600))
    bench.sleep()
    #expect(bench.starts() == [5])
  }

  @Test func `nobody waits for a probe when the day is spent all the same`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 5, requestsPerDay: 6))
    bench.machine.setDay(PoolDay(requests: 0, usd: 0, ends: .seconds(9_000)), lane: 0, now: .zero)
    bench.submit(1...7)
    #expect(bench.starts() == [1, 2, 3, 4, 5])
    bench.finish(1, 2, 3, 4, 5, as: .failed)
    bench.sleep()
    let decision = bench.machine.decide(now: bench.now)
    #expect(decision.starts.map(\.isProbe) == [true])
    #expect(decision.refusals.map(\.reason) == [.daySpent])
    #expect(decision.refusals.map(\.until) == [.seconds(9_000)])
  }

  @Test func `a probe that says nothing makes room for another`() {
    var bench = opened()
    bench.sleep()
    #expect(bench.starts() == [10])
    bench.finish(10, as: .cancelled)
    let decision = bench.machine.decide(now: bench.now)
    #expect(decision.starts == [PoolStart(id: 11, lane: 0, isProbe: true, usd: 0)])
  }

  @Test func `failures from before do not count again`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10))
    bench.submit(1...10)
    #expect(bench.starts().count == 10)
    bench.finish(1, 2, as: .unreachable)
    guard case .open(let until) = bench.lane().breaker else {
      Issue.record("not open")
      return
    }
    bench.finish(3, 4, 5, as: .unreachable)
    bench.finish(6, as: .answered)
    #expect(bench.lane().breaker == .open(until: until))
    bench.now = until
    bench.submit(11...20)
    #expect(bench.starts() == [11])
    bench.finish(7, as: .unreachable)
    #expect(bench.lane().breaker == .probing)
    bench.finish(11, as: .answered)
    bench.finish(8, 9, 10, as: .unreachable)
    #expect(bench.lane().breaker == .closed)
  }

  @Test func `the next lane takes over, and gives back after the probe`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 2), ExtractorLimits(concurrency: 2))
    bench.submit(1...2)
    #expect(bench.startsByLane() == [[1, 0], [2, 0]])
    bench.submit(3...9)
    bench.finish(1, 2, as: .unreachable)
    #expect(bench.startsByLane() == [[3, 1], [4, 1]])
    // Not even a slot is free, but the first lane opens again.
    bench.sleep()
    #expect(bench.now > .zero)
    #expect(bench.startsByLane() == [[5, 0]])
    bench.finish(3, as: .answered)
    #expect(bench.startsByLane() == [[6, 1]])
    bench.finish(5, as: .answered)
    #expect(bench.startsByLane() == [[7, 0], [8, 0]])
  }

  @Test func `a refused key stops the lane until a person mends it`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 3))
    bench.submit(1...4)
    #expect(bench.starts() == [1, 2, 3])
    bench.finish(1, as: .refused)
    #expect(bench.lane().stoppedReason == "wrong key")
    #expect(
      bench.machine.decide(now: .zero).refusals
        == [PoolRefusal(id: 4, until: nil, reason: .stopped, lane: 0, text: "wrong key")])
    bench.now = .seconds(1_000_000)
    bench.submit(5...5)
    #expect(bench.machine.decide(now: bench.now).refusals.count == 1)
    bench.machine.reopen(now: bench.now)
    bench.submit(6...7)
    #expect(bench.starts() == [6])
    // It was sent with the old key.
    bench.finish(2, as: .refused)
    #expect(bench.lane().stoppedReason == nil)
    #expect(bench.starts() == [7])
    bench.finish(6, as: .refused)
    #expect(bench.lane().stoppedReason == "wrong key")
  }

  @Test func `a person's word opens a breaker at once`() {
    var bench = opened(10)
    bench.machine.reopen(now: bench.now)
    #expect(bench.starts().count == 10)
    #expect(bench.lane().breaker == .closed)
  }

  @Test func `a refusal names the lane that opens first`() {
    var bench = PoolBench(
      ExtractorLimits(concurrency: 1), ExtractorLimits(concurrency: 1),
      ExtractorLimits(concurrency: 1))
    for lane in 0...2 { bench.submit(lane...lane, lanes: [lane]) }
    #expect(bench.starts().count == 3)
    bench.finish(0, as: .refused)
    bench.finish(1, as: .throttled(.seconds(500)))
    bench.finish(2, as: .throttled(.seconds(400)))
    bench.submit(3...3)
    #expect(
      bench.machine.decide(now: .zero).refusals
        == [PoolRefusal(id: 3, until: .seconds(400), reason: .gated, lane: 2, text: "429")])
  }

  @Test func `outcomes follow the failures' kinds`() {
    for (kind, outcome) in [
      (ExtractionFailure.Kind.retry, PoolOutcome.failed(reason: "x")),
      (.permanent, .batchFailed(reason: "x")), (.split, .batchFailed(reason: "x")),
      (.throttled(wait: .seconds(3)), .throttled(wait: .seconds(3), reason: "x")),
      (.daySpent(dailyRequests: 20), .daySpent(dailyRequests: 20, reason: "x")),
      (.unreachable, .unreachable(reason: "x")), (.refused, .refused(reason: "x")),
    ] {
      #expect(PoolOutcome(ExtractionFailure(kind: kind, reason: "x")) == outcome)
    }
  }
}
