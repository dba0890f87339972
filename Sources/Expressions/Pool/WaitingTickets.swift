/// The tickets that wait, in the order in which they may go.
///
/// Tickets that may start on the same lanes form a queue, and there are few such sets; so finding
/// the next one of ten thousand takes as long as of ten, but for the heap's logarithm.
struct WaitingTickets: Sendable {
  typealias Time = PoolMachine.Time

  struct Entry: Sendable {
    let ticket: PoolTicket
    /// Lanes in order, without those that are too dear for it.
    let lanes: [Int]
    fileprivate let queue: Int
    fileprivate let serial: Int
  }

  private struct Turn: Comparable, Sendable {
    let priority: PoolPriority
    let serial: Int
    let id: Int

    static func < (left: Self, right: Self) -> Bool {
      left.priority == right.priority
        ? left.serial < right.serial : left.priority < right.priority
    }
  }

  private struct Release: Comparable, Sendable {
    let time: Time
    let serial: Int
    let id: Int

    static func < (left: Self, right: Self) -> Bool {
      left.time == right.time ? left.serial < right.serial : left.time < right.time
    }
  }

  private struct Queue: Sendable {
    let lanes: [Int]
    var ready = BinaryHeap<Turn>()
    /// Those that are not ready yet included.
    var waiting = 0
  }

  // A ticket that leaves early stays in its heap until it surfaces or the dead are the majority.
  private var entries: [Int: Entry] = [:]
  private var queues: [Queue] = []
  private var queueOfLanes: [[Int]: Int] = [:]
  private var later = BinaryHeap<Release>()
  private var lastSerial = 0
  private var elementsInHeaps = 0

  var count: Int { entries.count }
  var queueCount: Int { queues.count }

  /// Comparisons in all heaps so far.
  var comparisons: Int { queues.reduce(later.comparisons) { $0 + $1.ready.comparisons } }

  func contains(_ id: Int) -> Bool { entries[id] != nil }

  /// Tickets that may start on a lane.
  func count(lane: Int) -> Int {
    queues.reduce(0) { $1.lanes.contains(lane) ? $0 + $1.waiting : $0 }
  }

  mutating func insert(_ ticket: PoolTicket, lanes: [Int], now: Time) {
    lastSerial += 1
    let queue = queueOfLanes[lanes] ?? addQueue(lanes: lanes)
    let entry = Entry(ticket: ticket, lanes: lanes, queue: queue, serial: lastSerial)
    entries[ticket.id] = entry
    queues[queue].waiting += 1
    elementsInHeaps += 1
    if let time = ticket.notBefore, time > now {
      later.insert(Release(time: time, serial: lastSerial, id: ticket.id))
    } else {
      makeReady(entry)
    }
  }

  mutating func remove(_ id: Int) {
    guard let entry = entries.removeValue(forKey: id) else { return }
    queues[entry.queue].waiting -= 1
    if elementsInHeaps > 64, elementsInHeaps > 2 * entries.count { buryTheDead() }
  }

  /// Empties the pool of waiting tickets, first things first.
  mutating func removeAll() -> [PoolTicket] {
    let all = entries.values.sorted {
      ($0.ticket.priority, $0.serial) < ($1.ticket.priority, $1.serial)
    }
    entries.removeAll()
    for queue in queues.indices { queues[queue].waiting = 0 }
    buryTheDead()
    return all.map(\.ticket)
  }

  /// Lets those take part whose time has come.
  mutating func release(now: Time) {
    while let first = nextRelease, first <= now, let release = later.popFirst() {
      if let entry = entries[release.id] { makeReady(entry) }
    }
  }

  /// When the next one takes part.
  var nextRelease: Time? {
    mutating get {
      while let first = later.first {
        if isAlive(first.id, first.serial) { return first.time }
        later.popFirst()
        elementsInHeaps -= 1
      }
      return nil
    }
  }

  /// The ticket whose turn it is, with its queue.
  /// - Parameter held: queues that wait, by index.
  mutating func first(held: [Bool]) -> (entry: Entry, queue: Int)? {
    var best: (turn: Turn, queue: Int)?
    for queue in queues.indices where !held[queue] {
      guard let turn = firstTurn(of: queue) else { continue }
      if let best, best.turn < turn { continue }
      best = (turn, queue)
    }
    guard let best, let entry = entries[best.turn.id] else { return nil }
    return (entry, best.queue)
  }

  private mutating func firstTurn(of queue: Int) -> Turn? {
    while let first = queues[queue].ready.first {
      if isAlive(first.id, first.serial) { return first }
      queues[queue].ready.popFirst()
      elementsInHeaps -= 1
    }
    return nil
  }

  private mutating func addQueue(lanes: [Int]) -> Int {
    queues.append(Queue(lanes: lanes))
    queueOfLanes[lanes] = queues.count - 1
    return queues.count - 1
  }

  private mutating func makeReady(_ entry: Entry) {
    queues[entry.queue].ready.insert(
      Turn(priority: entry.ticket.priority, serial: entry.serial, id: entry.ticket.id))
  }

  private func isAlive(_ id: Int, _ serial: Int) -> Bool {
    entries[id]?.serial == serial
  }

  private mutating func buryTheDead() {
    let entries = entries
    later.keep { entries[$0.id]?.serial == $0.serial }
    elementsInHeaps = later.count
    for queue in queues.indices {
      queues[queue].ready.keep { entries[$0.id]?.serial == $0.serial }
      elementsInHeaps += queues[queue].ready.count
    }
  }
}
