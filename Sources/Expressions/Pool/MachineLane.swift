/// One provider of the list: what it may be asked for, and how it has been doing.
struct MachineLane: Sendable {
  typealias Time = PoolMachine.Time

  let limits: ExtractorLimits
  let options: PoolOptions
  var inFlight = 0
  /// The last start on any lane that was this lane's.
  var lastSerial = 0
  var adaptive: AdaptiveLimit
  var requests: SlidingWindow?
  var input: SlidingWindow?
  var output: SlidingWindow?
  var gate = LaneGate()
  var breaker = LaneBreaker()
  var budget: DailyBudget
  /// Why a person must mend it.
  var stopped: String?
  /// Requests up to here were refused before it was mended.
  private var mendedAfter = 0
  private(set) var lastFailure: String?

  init(limits: ExtractorLimits, options: PoolOptions) {
    self.limits = limits
    self.options = options
    adaptive = AdaptiveLimit(ceiling: limits.concurrency)
    budget = DailyBudget(limits: limits)
    let length = Duration.milliseconds(
      60_000 + (60_000 * max(0, options.windowMargin)).rounded(.up))
    requests = limits.requestsPerMinute.map { SlidingWindow(limit: $0, length: length) }
    input = limits.inputTokensPerMinute.map { SlidingWindow(limit: $0, length: length) }
    output = limits.outputTokensPerMinute.map { SlidingWindow(limit: $0, length: length) }
  }

  func price(of usage: TokenUsage) -> Double {
    max(0, limits.price.cost(of: usage))
  }

  mutating func start(
    _ ticket: PoolTicket, index: Int, serial: Int, now: Time
  ) -> (start: PoolStart, flight: PoolFlight) {
    let usd = price(of: ticket.estimate)
    let isProbe = breaker.state != .closed
    if isProbe { breaker.probe(id: ticket.id) }
    budget.reserve(usd)
    inFlight += 1
    lastSerial = serial
    let flight = PoolFlight(
      lane: index, serial: serial, estimate: ticket.estimate, usd: usd, day: budget.number,
      requestMark: requests?.record(1, now: now),
      inputMark: input?.record(ticket.estimate.input, now: now),
      outputMark: output?.record(ticket.estimate.output, now: now))
    return (PoolStart(id: ticket.id, lane: index, isProbe: isProbe, usd: usd), flight)
  }

  mutating func finish(
    _ flight: PoolFlight, id: Int, outcome: PoolOutcome, usage: TokenUsage?, requests: Int,
    now: Time, random: inout SplitMix64
  ) {
    inFlight -= 1
    settle(flight, outcome: outcome, usage: usage ?? (outcome.isTurnedAway ? .zero : nil))
    countMore(requests - (outcome.isUnseen ? 0 : 1), flight, now: now)
    if let trouble = outcome.trouble { lastFailure = trouble }
    switch outcome {
    case .answered, .batchFailed:
      breaker.reached(id: id)
      if adaptive.succeeded(serial: flight.serial) { gate.succeeded() }
    case .failed:
      fail(.failed, flight, id: id, now: now, random: &random)
    case .unreachable:
      fail(.unreachable, flight, id: id, now: now, random: &random)
    case .throttled(let wait, _):
      let isNews = adaptive.throttled(serial: flight.serial, lastSerial: lastSerial)
      gate.throttled(
        wait: wait, isNews: isNews, now: now, options: options, random: random.unit())
      fail(.throttled(isNews: isNews), flight, id: id, now: now, random: &random)
    case .daySpent(let requests, _):
      breaker.reached(id: id)
      budget.spent(
        dailyRequests: requests, day: flight.day, now: now, unknownDay: options.unknownDay)
    case .refused(let reason):
      breaker.reached(id: id)
      if flight.serial > mendedAfter { stopped = reason }
    case .cancelled, .unsent:
      breaker.cancelled(id: id, now: now)
    }
  }

  mutating func reopen() {
    stopped = nil
    budget.reopen()
    mendedAfter = lastSerial
    breaker.reset(lastSerial: lastSerial)
  }

  private mutating func settle(_ flight: PoolFlight, outcome: PoolOutcome, usage: TokenUsage?) {
    budget.settle(
      reserved: flight.usd, actual: usage.map(price(of:)), isUnseen: outcome.isUnseen,
      day: flight.day)
    if outcome == .unsent, let mark = flight.requestMark { requests?.correct(mark, by: -1) }
    guard let usage else { return }
    if let mark = flight.inputMark {
      input?.correct(mark, by: usage.input - flight.estimate.input)
    }
    if let mark = flight.outputMark {
      output?.correct(mark, by: usage.output - flight.estimate.output)
    }
  }

  /// Requests beyond the one that was counted at the start, and still is unless the server never saw it.
  private mutating func countMore(_ more: Int, _ flight: PoolFlight, now: Time) {
    guard more > 0 else { return }
    budget.count(more, day: flight.day)
    _ = requests?.record(more, now: now)
  }

  private mutating func fail(
    _ failure: LaneBreaker.Failure, _ flight: PoolFlight, id: Int, now: Time,
    random: inout SplitMix64
  ) {
    breaker.failed(
      failure, id: id, serial: flight.serial, lastSerial: lastSerial, now: now, options: options,
      random: random.unit())
  }
}
