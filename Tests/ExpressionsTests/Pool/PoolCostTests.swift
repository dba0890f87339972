import Expressions
import Testing

/// What the machine costs, in steps and not in seconds.
struct PoolCostTests {
  /// Submits so many tickets in a mixed order and runs them through one after another.
  private func work(tickets: Int) -> Int {
    var machine = PoolMachine(lanes: [ExtractorLimits(concurrency: 50)], seed: 1)
    var random = SplitMix64(seed: 9)
    for id in 0..<tickets {
      let priority = PoolPriority(
        rank: Int(random.next() % 2), episode: Int64(random.next() % 1_000), batch: id)
      machine.submit(PoolTicket(id: id, priority: priority), now: .zero)
    }
    var running: [Int] = machine.decide(now: .zero).starts.map(\.id)
    var finished = 0
    while let id = running.popLast() {
      machine.finish(id, .answered, now: .zero)
      finished += 1
      running += machine.decide(now: .zero).starts.map(\.id)
    }
    #expect(finished == tickets)
    return machine.work
  }

  @Test func `a hundred thousand tickets cost a logarithm each`() {
    let few = work(tickets: 1_000)
    let many = work(tickets: 100_000)
    #expect(many < 100_000 * 50)
    #expect(many < few * 100 * 3)
  }

  @Test func `asking costs the same however many wait`() {
    var machine = PoolMachine(lanes: [ExtractorLimits(concurrency: 1)], seed: 1)
    for id in 0..<10_000 {
      machine.submit(
        PoolTicket(id: id, priority: PoolPriority(rank: 0, episode: 0, batch: id)), now: .zero)
    }
    #expect(machine.decide(now: .zero).starts.map(\.id) == [0])
    let before = machine.work
    for _ in 0..<100 { #expect(machine.decide(now: .zero).isEmpty) }
    #expect(machine.work - before <= 100)
  }

  /// Tickets that come and are taken back while the lane is busy.
  @Test func `what was taken back leaves nothing behind`() {
    var machine = PoolMachine(lanes: [ExtractorLimits(concurrency: 1)], seed: 1)
    let first = PoolPriority(rank: 0, episode: 0, batch: 0)
    machine.submit(PoolTicket(id: -1, priority: first), now: .zero)
    machine.submit(PoolTicket(id: -2, priority: first), now: .zero)
    #expect(machine.decide(now: .zero).starts.count == 1)
    // Each goes before the one that came before it, so it passes through its whole heap.
    for id in 0..<20_000 {
      let priority = PoolPriority(rank: 0, episode: 0, batch: -id)
      let notBefore: Duration? = id % 2 == 0 ? .seconds(100_000 - id) : nil
      machine.submit(PoolTicket(id: id, priority: priority, notBefore: notBefore), now: .zero)
      machine.withdraw(id, now: .zero)
    }
    #expect(machine.waitingCount == 1)
    #expect(machine.work < 20_000 * 9)
  }
}
