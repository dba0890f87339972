/// Requests and money of one provider's day.
package struct DailyBudget: Sendable {
  package typealias Time = PoolMachine.Time

  package enum Room: Sendable, Hashable {
    case enough
    /// Not now, but requests that run may take less than they reserved.
    case perhaps
    case none
  }

  /// Sums of decimal fractions are not exact: a billionth of a dollar is no excess.
  private static let tolerance = 1e-9

  private let configuredRequests: Int?
  package let usdLimit: Double?
  private var learnedRequests: Int?
  package private(set) var requests = 0
  package private(set) var usd = 0.0
  package private(set) var ends: Time?
  /// Which day this is, so that a request of an earlier one corrects nothing here.
  package private(set) var number = 0
  /// By the server's word.
  private var isSpent = false
  private var isAsked = false
  private var running = 0
  private var runningUSD = 0.0

  package init(limits: ExtractorLimits) {
    configuredRequests = limits.requestsPerDay.map { max(0, $0) }
    usdLimit = limits.usdPerDay.map { $0 > 0 ? $0 : 0 }
  }

  package var requestLimit: Int? {
    guard let learnedRequests else { return configuredRequests }
    return min(learnedRequests, configuredRequests ?? learnedRequests)
  }

  private var isLimited: Bool { requestLimit != nil || usdLimit != nil || isSpent }

  /// Whether nothing may start before `set`.
  package func isOver(now: Time) -> Bool {
    isLimited && ends.map { $0 <= now } ?? true
  }

  /// A lane without limits starts on; it asks all the same if it was told of a day, for the counts.
  /// - Returns: true once for each day that is over.
  package mutating func asksForRenewal(now: Time) -> Bool {
    let isPast = ends.map { $0 <= now } ?? false
    guard isOver(now: now) || isPast, !isAsked else { return false }
    isAsked = true
    return true
  }

  /// Whether a request of this price could ever start.
  package func allowsEver(_ price: Double) -> Bool {
    usdLimit.map { price <= $0 + Self.tolerance } ?? true
  }

  package func room(for price: Double) -> Room {
    if isSpent { return .none }
    if let requestLimit, requests >= requestLimit { return .none }
    guard let usdLimit else { return .enough }
    if usd + price <= usdLimit + Self.tolerance { return .enough }
    return running > 0 && usd - runningUSD + price <= usdLimit + Self.tolerance ? .perhaps : .none
  }

  package mutating func reserve(_ price: Double) {
    requests += 1
    usd += price
    running += 1
    runningUSD += price
  }

  /// - Parameters:
  ///   - day: the `number` at the request's start.
  ///   - actual: nil keeps what was reserved.
  ///   - isUnseen: whether it is no request of the day, for the server never saw it.
  package mutating func settle(reserved: Double, actual: Double?, isUnseen: Bool, day: Int) {
    guard day == number else { return }
    running -= 1
    runningUSD = running == 0 ? 0 : runningUSD - reserved
    if isUnseen { requests = max(0, requests - 1) }
    if let actual { usd = max(0, usd + actual - reserved) }
  }

  /// Counts requests that were sent without a reservation.
  /// - Parameter day: the `number` when they were sent.
  package mutating func count(_ more: Int, day: Int) {
    if day == number { requests += more }
  }

  /// What was counted here for the same day is never lowered: the caller's figure may be older.
  package mutating func set(_ day: PoolDay, now: Time) {
    if let ends, ends <= now {
      number += 1
      requests = max(0, day.requests)
      usd = max(0, day.usd)
      isSpent = day.isSpent
      running = 0
      runningUSD = 0
    } else {
      requests = max(requests, day.requests)
      usd = max(usd, day.usd)
      isSpent = isSpent || day.isSpent
    }
    // Rounding of the two clocks must not make the caller ask without end.
    ends = max(day.ends, now + .seconds(1))
    isAsked = false
    learn(day.requestLimit)
  }

  /// The server says that the day is used up.
  package mutating func spent(dailyRequests: Int?, day: Int, now: Time, unknownDay: Duration) {
    // It spoke of the day before, which the caller is about to renew or has renewed.
    guard day == number, !isOver(now: now) else { return }
    learn(dailyRequests)
    isSpent = true
    if ends.map({ $0 <= now }) ?? true {
      ends = now + unknownDay
      isAsked = false
    }
  }

  /// A person says that there is more: what the server said of this day is forgotten.
  package mutating func reopen() {
    isSpent = false
    learnedRequests = nil
  }

  private mutating func learn(_ limit: Int?) {
    if let limit, limit > 0 { learnedRequests = limit }
  }
}
