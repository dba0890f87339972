import Expressions
import Foundation
import Logging
import Notices
import Store

/// Decides, over all episodes, which batch goes to which provider and when.
///
/// The decisions are `PoolMachine`'s; this actor keeps its time, wakes it, writes the ledger, and lets the tasks that
/// wait go on. A call runs in the task that asked for it, so that a cancellation reaches it.
package actor ExtractionPool {
  /// An answer, and by whom and what it took.
  package struct Reply: Sendable {
    package var answer: ExtractorAnswer
    package var extractor: ExtractorIdentity
    package var costUSD: Double
    package var latency: Duration
  }

  /// No provider will take the batch for a while.
  package struct Closed: Error, Sendable {
    /// When it makes sense to ask again, in seconds since 1970; nil when a person must mend something.
    package var until: Double?
    package var reason: String
  }

  /// The answer did not fit: the batch is to be divided.
  package struct TooBig: Error, Sendable {
    package var extractor: ExtractorIdentity
    package var failure: ExtractionFailure
    package var costUSD: Double
  }

  /// The daemon stops: nothing new is asked.
  package struct Drained: Error, Sendable {}

  package nonisolated let lanes: [PoolLane]
  let ledger: SpendingLedger
  nonisolated let meter = ProviderMeter()
  private let alarms: Alarms?
  let logger: Logger
  let clock = ContinuousClock()
  private let zero: ContinuousClock.Instant
  var machine: PoolMachine
  private var waiting: [Int: CheckedContinuation<PoolStart, any Error>] = [:]
  /// Of those that wait.
  private var ranks: [Int: Int] = [:]
  private var nextID = 0
  var preparation: Task<Void, any Error>?
  private var reopening: Task<Void, Never>?
  private var alarm: (at: Duration, task: Task<Void, Never>)?

  package init(lanes: [PoolLane], ledger: SpendingLedger, logger: Logger) {
    self.init(lanes: lanes, ledger: ledger, alarms: nil, logger: logger)
  }

  /// - Parameter alarms: is told of refusals, and of answers, which end them.
  init(lanes: [PoolLane], ledger: SpendingLedger, alarms: Alarms?, logger: Logger) {
    self.lanes = lanes
    self.alarms = alarms
    self.ledger = ledger
    self.logger = logger
    zero = clock.now
    machine = PoolMachine(
      lanes: lanes.map(\.limits), seed: UInt64.random(in: .min ... .max))
  }

  // MARK: - What is known without waiting

  /// The lanes that can mine a language, in the order in which they are tried.
  nonisolated func lanes(for sourceLanguage: String) -> [Int] {
    lanes.indices.filter { lanes[$0].extractor.supports(sourceLanguage: sourceLanguage) }
  }

  /// The most requests that may be in flight at once on any lane.
  package nonisolated var width: Int { lanes.map(\.limits.concurrency).max() ?? 1 }

  func snapshot() -> [LaneSnapshot] { machine.snapshot(now: now) }

  /// Returns once this actor has had its turn and called `body`.
  func pass(_ body: @Sendable () -> Void = {}) { body() }

  // MARK: - Asking

  /// Waits for a slot and asks once.
  /// - Parameters:
  ///   - notBefore: a wait before this attempt.
  ///   - shortcut: asked when the provider is known; true ends the call, for its answer is kept already.
  ///   - keep: called with the answer the moment it is there.
  /// - Throws: `ExtractionFailure`, `TooBig`, `Closed`, `Drained`, `CancellationError`, `StoreError`.
  package func ask(
    _ batch: Batch, _ request: ExtractionRequest, priority: PoolPriority, after wait: Duration?,
    shortcut: @Sendable (ExtractorIdentity) async throws -> Bool,
    keep: @Sendable (Reply) async -> Void
  ) async throws {
    nextID += 1
    let id = nextID
    let allowed = lanes(for: request.sourceLanguage)
    let first = allowed.first.map { lanes[$0].extractor } ?? lanes[0].extractor
    let ticket = PoolTicket(
      id: id, priority: priority, estimate: first.estimate(of: batch, for: request),
      notBefore: wait.map { now + $0 }, lanes: Set(allowed))
    try await prepareDays()
    let start = try await slot(for: ticket)
    let lane = lanes[start.lane]
    let day = lane.day?.current(at: Date.now.timeIntervalSince1970).name
    do {
      if try await shortcut(lane.extractor.identity) { return finish(id, .unsent, usage: .zero) }
      if let day {
        try await ledger.reserve(
          Reservation(provider: lane.name, day: day, requests: 1, usd: start.usd))
      }
    } catch {
      finish(id, .unsent, usage: .zero)
      throw error
    }
    try await call(lane, batch, request, start, day, keep)
  }

  /// A person mended something: providers that were closed for it are tried again, and so are those whose day the
  /// server called spent.
  package func reopen() async {
    for lane in lanes {
      guard let day = lane.day?.current(at: Date.now.timeIntervalSince1970).name else { continue }
      do {
        try await ledger.reopenDay(lane.name, day)
      } catch {
        logger.error("the ledger can't be written", metadata: ["reason": "\(error)"])
      }
    }
    machine.reopen(now: now)
    pump()
  }

  /// Starts nothing more; who waits gets `Drained`, what is in flight goes on.
  func drain() {
    machine.drain()
    pump()
  }

  /// Sends away who waits for a slot, from a rank on: each gets `Drained`. What is in flight goes on, and what comes
  /// later waits as ever.
  func sendAway(fromRank rank: Int) {
    for id in waiting.keys where ranks[id] ?? 0 >= rank {
      machine.withdraw(id, now: now)
      take(id)?.resume(throwing: Drained())
    }
    pump()
  }

  private func take(_ id: Int) -> CheckedContinuation<PoolStart, any Error>? {
    ranks[id] = nil
    return waiting.removeValue(forKey: id)
  }

  /// Seconds since 1970 of a time of the machine's.
  func wallTime(of time: Duration) -> Double {
    Date.now.timeIntervalSince1970 + (time - now).seconds
  }

  // MARK: - One call

  private func call(
    _ lane: PoolLane, _ batch: Batch, _ request: ExtractionRequest, _ start: PoolStart,
    _ day: String?, _ keep: @Sendable (Reply) async -> Void
  ) async throws {
    let began = clock.now
    do {
      let answer = try await lane.extractor.answer(to: batch, for: request)
      let latency = clock.now - began
      meter.answered(lane.name, latency)
      alarms?.moved()
      finish(start.id, .answered, usage: answer.usage, requests: answer.requests)
      // What was under way when it refused says nothing of now.
      if !isRefusing(start) { alarms?.clear(.init(kind: .refused, subject: lane.name)) }
      let cost = lane.limits.price.cost(of: answer.usage)
      // First what was paid for, then the books.
      await keep(
        Reply(
          answer: answer, extractor: lane.extractor.identity, costUSD: cost, latency: latency))
      await settle(
        lane, day, answer.usage, requests: answer.requests - 1, usd: cost - start.usd)
    } catch let failure as ExtractionFailure {
      let failure = sinceMidnight(failure, lane)
      meter.failed(lane.name, failure.kind)
      // Nobody knows what a request that broke has used: what was reserved for it stands.
      let isUnknown = failure.kind == .retry && failure.usage == .zero
      finish(
        start.id, PoolOutcome(failure), usage: isUnknown ? nil : failure.usage,
        requests: failure.requests)
      await settle(failure, lane, day, reserved: start.usd)
      if failure.kind == .refused {
        if isRefusing(start) {
          alarms?.raise(.init(kind: .refused, subject: lane.name), reason: failure.reason)
        }
        tryAgainLater()
      }
      guard failure.kind == .split else { throw failure }
      throw TooBig(
        extractor: lane.extractor.identity, failure: failure,
        costUSD: lane.limits.price.cost(of: failure.usage))
    } catch {
      finish(start.id, .cancelled, usage: nil)
      throw error
    }
  }

  /// Clocks differ: what a server calls a spent day right after midnight is the day before.
  func sinceMidnight(_ failure: ExtractionFailure, _ lane: PoolLane) -> ExtractionFailure {
    guard case .daySpent = failure.kind, let calendar = lane.day else { return failure }
    let wall = Date.now.timeIntervalSince1970
    let isYoung =
      calendar.current(at: wall - Self.clockDifference).name != calendar.current(at: wall).name
    guard isYoung else { return failure }
    var failure = failure
    failure.kind = .throttled(wait: .seconds(300))
    return failure
  }

  private static let clockDifference = 900.0

  private func isRefusing(_ start: PoolStart) -> Bool {
    snapshot()[start.lane].stoppedReason != nil
  }

  /// A refusal may pass by itself: a model that is loaded, a bill that is paid. One request in a while finds out.
  private func tryAgainLater() {
    guard reopening == nil else { return }
    // Unstructured, for no caller waits for it.
    reopening = Task {
      try? await Task.sleep(for: Self.refusalWait)
      reopening = nil
      machine.reopen(now: now)
      pump()
    }
  }

  static let refusalWait = Duration.seconds(900)

  // MARK: - Waiting

  var now: Duration { clock.now - zero }

  private func slot(for ticket: PoolTicket) async throws -> PoolStart {
    try Task.checkCancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // A cancellation that came before this line has found nobody to withdraw.
        guard !Task.isCancelled else {
          return continuation.resume(throwing: CancellationError())
        }
        waiting[ticket.id] = continuation
        ranks[ticket.id] = ticket.priority.rank
        machine.submit(ticket, now: now)
        pump()
      }
    } onCancel: {
      // Unstructured, for a cancellation handler can't await; it only withdraws a ticket.
      Task { await self.withdraw(ticket.id) }
    }
  }

  private func withdraw(_ id: Int) {
    guard let continuation = take(id) else { return }
    machine.withdraw(id, now: now)
    continuation.resume(throwing: CancellationError())
    pump()
  }

  private func finish(
    _ id: Int, _ outcome: PoolOutcome, usage: TokenUsage?, requests: Int? = nil
  ) {
    let before = machine.snapshot(now: now)
    machine.finish(id, outcome, usage: usage, requests: requests, now: now)
    log(changesSince: before)
    pump()
  }

  /// Performs what the machine decides, and sets the alarm for its next decision.
  func pump() {
    let decision = machine.decide(now: now)
    for start in decision.starts {
      take(start.id)?.resume(returning: start)
    }
    for refusal in decision.refusals {
      take(refusal.id)?.resume(throwing: error(of: refusal))
    }
    for lane in decision.renewDays {
      // Unstructured, for no caller waits for it; it ends when it has read one row, or the pool is drained.
      Task { await self.renewDay(lane) }
    }
    setAlarm(decision.wakeAt)
  }

  private func setAlarm(_ at: Duration?) {
    guard alarm?.at != at else { return }
    alarm?.task.cancel()
    guard let at else {
      alarm = nil
      return
    }
    let instant = zero + at
    // Unstructured, for it outlives the call that set it; the next one cancels it.
    let task = Task {
      guard (try? await clock.sleep(until: instant)) != nil else { return }
      self.wake(at)
    }
    alarm = (at, task)
  }

  private func wake(_ at: Duration) {
    if alarm?.at == at { alarm = nil }
    pump()
  }
}
