import Testing

/// Random lives of the pool, checked at each step by books of their own.
struct PoolHistoryTests {
  @Test(arguments: 0..<8)
  func `every ticket ends once, within all limits`(part: UInt64) {
    var starts = 0
    var refusals = 0
    for seed in (part * 25)..<(part * 25 + 25) {
      var history = PoolHistory(seed: seed)
      history.live(steps: 400)
      if seed % 5 == 0 { history.drain() } else { history.settle() }
      starts += history.starts
      refusals += history.refusals
    }
    // Histories in which nothing happens would prove nothing.
    #expect(starts > 1_000 && refusals > 50)
  }
}
