/// Decides which request starts when, and on which provider.
///
/// A value without clock, task or I/O: facts go in (`submit`, `finish`, `setDay` and so on), each
/// with the time, and `decide` says what to do and when to ask again. After any fact `decide` is to
/// be called; calling it more often changes nothing.
///
/// - Each ticket ends in exactly one way: started and then finished by the caller, refused, or
///   withdrawn.
/// - A lane is one provider of a list that is tried in order. A ticket goes past a lane only while
///   that is stopped, its day is spent, its breaker is open or its gate is closed for longer than
///   `PoolOptions.patience`; for a slot, a minute's limit or a short gate it waits.
/// - On each lane the first ticket in order of priority starts first; what is behind it waits, even
///   if it is smaller. A ticket holds up nobody before its `notBefore`.
package struct PoolMachine: Sendable {
  /// Since an arbitrary zero, monotonic. A time before the last one counts as the last one.
  package typealias Time = Duration

  let options: PoolOptions
  var lanes: [MachineLane]
  var waiting = WaitingTickets()
  var flights: [Int: PoolFlight] = [:]
  var lastSerial = 0
  var latest: Time = .zero
  private var random: SplitMix64
  /// That one call can have taken; sums over a day must not overflow.
  private static let mostRequests = 1_000
  package private(set) var isDrained = false
  /// Tickets that `decide` looked at; with the heaps' comparisons this is what the machine costs.
  var looks = 0

  package init(lanes: [ExtractorLimits], options: PoolOptions = .init(), seed: UInt64) {
    self.options = options
    self.lanes = lanes.map { MachineLane(limits: $0, options: options) }
    random = SplitMix64(seed: seed)
  }

  /// Steps taken so far, whatever machine they ran on.
  package var work: Int { looks + waiting.comparisons }

  /// - Precondition: no ticket with this id waits or runs; otherwise it traps in a debug build, and
  ///   is ignored in a release build.
  package mutating func submit(_ ticket: PoolTicket, now time: Time) {
    let now = advance(to: time)
    guard !waiting.contains(ticket.id), flights[ticket.id] == nil else {
      return assertionFailure("ticket \(ticket.id) is in the pool already")
    }
    var ticket = ticket
    ticket.estimate = ticket.estimate.bounded
    let open = lanes.indices.filter { lane in
      (ticket.lanes?.contains(lane) ?? true)
        && lanes[lane].budget.allowsEver(lanes[lane].price(of: ticket.estimate))
    }
    waiting.insert(ticket, lanes: open, now: now)
  }

  /// Takes back a ticket that waits. One that runs ends by `finish`; an unknown one is no error,
  /// because its refusal may be on the way to the caller.
  package mutating func withdraw(_ id: Int, now time: Time) {
    advance(to: time)
    waiting.remove(id)
  }

  /// A request has ended.
  ///
  /// - Parameters:
  ///   - requests: how many the server saw; nil for one, or none where it saw none.
  ///   - usage: what it used. When that is not known, what was reserved stays reserved,
  ///     unless the server did no work for it: then it used nothing. It stays one of the day's
  ///     requests unless the server never saw it, and of the minute's unless it was not even sent.
  /// - Precondition: it runs. Otherwise this traps in a debug build, and does nothing in a release
  ///   build: a count that is wrong for a while is better than a daemon that is down.
  package mutating func finish(
    _ id: Int, _ outcome: PoolOutcome, usage: TokenUsage? = nil, requests: Int? = nil,
    now time: Time
  ) {
    let now = advance(to: time)
    guard let flight = flights.removeValue(forKey: id) else {
      return assertionFailure("ticket \(id) does not run")
    }
    lanes[flight.lane].finish(
      flight, id: id, outcome: outcome, usage: usage?.bounded,
      requests: min(max(0, requests ?? (outcome.isUnseen ? 0 : 1)), Self.mostRequests), now: now,
      random: &random)
  }

  /// What a lane has spent of its day; the answer to `PoolDecision.renewDays`.
  ///
  /// Before the end of the day that is known it only ever adds: what was counted here is not
  /// lowered, and a day that the server called spent stays so.
  package mutating func setDay(_ day: PoolDay, lane: Int, now time: Time) {
    lanes[lane].budget.set(day, now: advance(to: time))
  }

  /// A person has mended something: stopped lanes and open breakers let requests through again.
  /// What has been running since before says nothing about them any more.
  package mutating func reopen(now time: Time) {
    advance(to: time)
    for lane in lanes.indices { lanes[lane].reopen() }
  }

  /// Nothing starts any more: tickets that wait, or come, are refused by the next decision.
  package mutating func drain() {
    isDrained = true
  }

  @discardableResult
  mutating func advance(to time: Time) -> Time {
    latest = max(latest, time)
    return latest
  }
}
