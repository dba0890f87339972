/// What was used in the last minute or so, against a limit.
///
/// What happens within a thousandth of the window shares an entry that counts from its latest part,
/// so the window errs on the side of the limit and holds a bounded number of entries.
package struct SlidingWindow: Sendable {
  package typealias Time = PoolMachine.Time

  private struct Entry {
    let opened: Time
    var latest: Time
    var amount: Int
  }

  package let limit: Int
  package let length: Duration
  private let grain: Duration
  private var entries: [Entry] = []
  private var head = 0
  /// The mark of the entry at `head`.
  private var firstMark = 0
  package private(set) var total = 0

  /// - Parameter limit: taken as 1 when it is smaller.
  package init(limit: Int, length: Duration) {
    self.limit = max(1, limit)
    self.length = length
    grain = length / 1_000
  }

  package var entryCount: Int { entries.count - head }

  /// Forgets what has left the window.
  package mutating func expire(now: Time) {
    while head < entries.count, entries[head].latest + length <= now {
      total -= entries[head].amount
      head += 1
      firstMark += 1
    }
    if head > 64, head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
  }

  /// - Returns: a mark for a later correction.
  package mutating func record(_ amount: Int, now: Time) -> Int {
    total += amount
    if head < entries.count, now - entries[entries.count - 1].opened <= grain {
      entries[entries.count - 1].latest = now
      entries[entries.count - 1].amount += amount
    } else {
      entries.append(Entry(opened: now, latest: now, amount: amount))
    }
    return firstMark + entryCount - 1
  }

  /// Replaces an estimate by what was used; nothing happens once it has left the window.
  package mutating func correct(_ mark: Int, by difference: Int) {
    let index = head + mark - firstMark
    guard mark >= firstMark, index < entries.count else { return }
    let amount = max(0, entries[index].amount + difference)
    total += amount - entries[index].amount
    entries[index].amount = amount
  }

  /// When this much more fits; nil when it does now. What exceeds the limit alone fits into an
  /// empty window. `expire` comes before.
  package func opening(for amount: Int) -> Time? {
    var used = total
    if used == 0 || used + amount <= limit { return nil }
    for entry in entries[head...] {
      used -= entry.amount
      if used == 0 || used + amount <= limit { return entry.latest + length }
    }
    return nil
  }
}
