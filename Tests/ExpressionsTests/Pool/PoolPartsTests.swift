import Expressions
import Testing

/// The small parts of the pool.
struct PoolPartsTests {
  @Test func `the heap gives its smallest first and costs a logarithm`() {
    var random = SplitMix64(seed: 7)
    var heap = BinaryHeap<Int>()
    let values = (0..<5_000).map { _ in Int(random.next() % 1_000) }
    for value in values { heap.insert(value) }
    heap.keep { $0 % 3 != 0 }
    var taken: [Int] = []
    while let value = heap.popFirst() { taken.append(value) }
    #expect(taken == values.filter { $0 % 3 != 0 }.sorted())
    #expect(heap.comparisons < 5_000 * 2 * 13 * 2)
    #expect(heap.popFirst() == nil && heap.first == nil)
  }

  @Test func `the generator is the published one`() {
    var random = SplitMix64(seed: 1_234_567)
    let values = (0..<3).map { _ in random.next() }
    #expect(
      values == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    #expect((0..<10_000).allSatisfy { _ in (0..<1).contains(random.unit()) })
  }

  @Test(arguments: [(1, 2), (2, 4), (3, 8), (4, 10), (1_000_000_000, 10), (0, 2), (-4, 2)])
  func `backoff doubles up to its cap`(attempt: Int, seconds: Int) {
    let (base, cap) = (Duration.seconds(2), Duration.seconds(10))
    let ceiling = Duration.seconds(seconds)
    #expect(Backoff.ceiling(attempt: attempt, base: base, cap: cap) == ceiling)
    #expect(Backoff.fullJitter(attempt: attempt, base: base, cap: cap, random: 0) == .zero)
    #expect(Backoff.fullJitter(attempt: attempt, base: base, cap: cap, random: 0.5) == ceiling / 2)
    #expect(Backoff.upperJitter(attempt: attempt, base: base, cap: cap, random: 0) == ceiling / 2)
  }

  @Test func `no base is no wait`() {
    #expect(Backoff.ceiling(attempt: .max, base: .zero, cap: .seconds(1)) == .zero)
  }

  @Test func `a window stays small and never opens early`() {
    var window = SlidingWindow(limit: 10_000, length: .seconds(60))
    var starts: [Duration] = []
    var now = Duration.zero
    var random = SplitMix64(seed: 3)
    for _ in 0..<60_000 {
      window.expire(now: now)
      if let opening = window.opening(for: 1) {
        #expect(opening > now)
        now = opening
        window.expire(now: now)
        #expect(window.opening(for: 1) == nil)
      }
      _ = window.record(1, now: now)
      starts.append(now)
      now += .milliseconds(Int(random.next() % 8))
    }
    #expect(window.entryCount <= 1_001)
    for index in 10_000..<starts.count {
      #expect(starts[index] - starts[index - 10_000] >= .seconds(60))
    }
    // Grouping of what is close costs little of the limit.
    #expect(now < .seconds(60 * 6) * 1.01)
  }

  @Test func `a correction after the window has gone on changes nothing`() {
    var window = SlidingWindow(limit: 100, length: .seconds(60))
    let first = window.record(80, now: .zero)
    let second = window.record(10, now: .seconds(30))
    window.correct(second, by: -100)
    #expect(window.total == 80)
    window.expire(now: .seconds(60))
    #expect(window.total == 0)
    window.correct(first, by: 50)
    #expect(window.total == 0)
    window.correct(second, by: 40)
    #expect(window.total == 40)
    window.expire(now: .seconds(90))
    #expect(window.total == 0 && window.entryCount == 0)
  }
}
