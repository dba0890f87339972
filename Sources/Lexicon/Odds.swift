import Glibc

/// Evidence for and against, added up as log-odds: 0 is even, 1 is about 3 to 1, -2 about 1 to 7.
struct Odds: Sendable, Hashable {
  private(set) var value: Double

  init(_ value: Double) { self.value = value }

  static func += (odds: inout Odds, evidence: Double) { odds.value += evidence }

  /// 0 to 1.
  var probability: Double { 1 / (1 + exp(-value)) }
}
