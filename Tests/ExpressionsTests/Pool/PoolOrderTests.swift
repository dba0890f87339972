import Expressions
import Testing

/// Who goes first, who holds up whom, and how tickets leave.
struct PoolOrderTests {
  private func ticket(_ id: Int, _ rank: Int, _ episode: Int64, _ batch: Int) -> PoolTicket {
    PoolTicket(id: id, priority: PoolPriority(rank: rank, episode: episode, batch: batch))
  }

  @Test func `news before backlog, one episode before the next, batches in order`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10))
    for ticket in [
      ticket(1, 1, 1, 0), ticket(2, 0, 9, 1), ticket(3, 0, 9, 0), ticket(4, 0, 8, 5),
      ticket(5, 1, 1, 0),
    ] {
      bench.machine.submit(ticket, now: .zero)
    }
    #expect(bench.starts() == [4, 3, 2, 1, 5])
  }

  @Test func `a free slot goes to the next episode`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 2))
    for ticket in [ticket(1, 0, 1, 0), ticket(2, 0, 2, 0), ticket(3, 0, 2, 1)] {
      bench.machine.submit(ticket, now: .zero)
    }
    #expect(bench.starts() == [1, 2])
    bench.machine.submit(ticket(4, 0, 1, 1), now: .zero)
    bench.finish(2, as: .answered)
    #expect(bench.starts() == [4])
  }

  @Test func `a ticket holds up nobody before its time`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...1, notBefore: .seconds(30))
    bench.submit(2...3)
    #expect(bench.starts() == [2])
    #expect(bench.wakeAt() == .seconds(30))
    bench.now = .seconds(30)
    bench.finish(2, as: .answered)
    #expect(bench.starts() == [1])
    #expect(bench.wakeAt() == nil)
  }

  @Test func `a ticket that was taken back does not start`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 10))
    bench.submit(1...3)
    bench.submit(4...4, notBefore: .seconds(5))
    bench.machine.withdraw(2, now: .zero)
    bench.machine.withdraw(4, now: .zero)
    bench.machine.withdraw(99, now: .zero)
    #expect(bench.starts() == [1, 3])
    #expect(bench.wakeAt() == nil)
    bench.machine.withdraw(1, now: .zero)
    #expect(bench.machine.inFlightCount == 2)
  }

  @Test func `an id may come again after it has left`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...1)
    bench.machine.withdraw(1, now: .zero)
    bench.submit(1...1, notBefore: .seconds(1))
    #expect(bench.starts() == [])
    bench.now = .seconds(1)
    #expect(bench.starts() == [1])
    bench.finish(1, as: .failed)
    bench.submit(1...1)
    #expect(bench.starts() == [1])
  }

  @Test func `a closing pool refuses what waits and what comes`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1))
    bench.submit(1...2)
    bench.submit(3...3, notBefore: .seconds(60))
    #expect(bench.starts() == [1])
    bench.machine.drain()
    #expect(bench.machine.decide(now: .zero).refusals.map(\.id) == [2, 3])
    bench.submit(4...4)
    let decision = bench.machine.decide(now: .zero)
    #expect(decision.refusals == [PoolRefusal(id: 4, reason: .drained)])
    bench.finish(1, as: .answered)
    #expect(bench.machine.decide(now: .zero).isEmpty)
    #expect(bench.machine.inFlightCount == 0)
  }

  @Test func `lanes are tried in order and a full one is waited for`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1), ExtractorLimits(concurrency: 5))
    bench.submit(1...2)
    bench.submit(3...3, lanes: [1])
    #expect(bench.startsByLane() == [[1, 0], [3, 1]])
    #expect(bench.lane(0).waiting == 1)
    #expect(bench.lane(1).waiting == 1)
    bench.finish(1, as: .answered)
    #expect(bench.startsByLane() == [[2, 0]])
  }

  @Test func `a short gate is waited for and a long one is passed`() {
    for (wait, expected) in [(30, []), (90, [[3, 1]])] {
      var bench = PoolBench(ExtractorLimits(concurrency: 1), ExtractorLimits(concurrency: 1))
      bench.submit(1...1)
      #expect(bench.startsByLane() == [[1, 0]])
      bench.finish(1, as: .throttled(.seconds(wait)))
      bench.submit(3...3)
      #expect(bench.startsByLane() == expected)
      // It stays passed when little of it is left.
      bench.now = .seconds(wait - 10)
      if wait == 90 { bench.finish(3, as: .answered) }
      bench.submit(4...4)
      #expect(bench.startsByLane() == (wait == 90 ? [[4, 1]] : []))
    }
  }

  @Test func `a ticket for no lane and one that is too dear are refused`() {
    let paid = ExtractorLimits(
      concurrency: 1, usdPerDay: 1, price: TokenPrice(inputUSD: 1, outputUSD: 0))
    var bench = PoolBench(paid)
    bench.machine.setDay(PoolDay(requests: 0, usd: 0, ends: .seconds(900)), lane: 0, now: .zero)
    bench.submit(1...1, lanes: [7])
    bench.submit(2...2, tokens: 1_000_001)
    bench.submit(3...3, tokens: 1_000_000)
    let decision = bench.machine.decide(now: .zero)
    #expect(decision.starts == [PoolStart(id: 3, lane: 0, isProbe: false, usd: 1)])
    #expect(
      decision.refusals == [
        PoolRefusal(id: 1, reason: .noLane), PoolRefusal(id: 2, reason: .tooDear, lane: 0),
      ])
  }

  @Test func `asked twice at one time, it has nothing to add`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 1, requestsPerDay: 5))
    bench.submit(1...2)
    #expect(bench.machine.decide(now: .zero).renewDays == [0])
    #expect(bench.machine.decide(now: .zero).isEmpty)
    bench.machine.setDay(PoolDay(requests: 0, usd: 0, ends: .seconds(9)), lane: 0, now: .zero)
    #expect(bench.starts() == [1])
    #expect(bench.machine.decide(now: .zero).isEmpty)
  }

  @Test func `a clock that goes back counts as standing still`() {
    var bench = PoolBench(ExtractorLimits(concurrency: 9, requestsPerMinute: 1))
    bench.now = .seconds(100)
    bench.submit(1...2)
    #expect(bench.starts() == [1])
    #expect(bench.machine.decide(now: .seconds(50)).wakeAt == .milliseconds(160_600))
  }

  #if DEBUG
    @Test func `a caller that loses count is told so`() async {
      await #expect(processExitsWith: .failure) {
        var machine = PoolMachine(lanes: [ExtractorLimits(concurrency: 1)], seed: 1)
        machine.finish(7, .answered, now: .zero)
      }
      await #expect(processExitsWith: .failure) {
        var machine = PoolMachine(lanes: [ExtractorLimits(concurrency: 1)], seed: 1)
        let priority = PoolPriority(rank: 0, episode: 0, batch: 0)
        machine.submit(PoolTicket(id: 7, priority: priority), now: .zero)
        machine.submit(PoolTicket(id: 7, priority: priority), now: .zero)
      }
    }
  #endif
}
