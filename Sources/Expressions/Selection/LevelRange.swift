/// The levels of the expressions that a learner wants to meet.
package struct LevelRange: Sendable, Hashable, Codable, CustomStringConvertible {
  package var lowest: LanguageLevel
  package var highest: LanguageLevel

  package init(_ level: LanguageLevel) { self.init(level, level) }

  package init(_ lowest: LanguageLevel, _ highest: LanguageLevel) {
    self.lowest = min(lowest, highest)
    self.highest = max(lowest, highest)
  }

  package var description: String {
    lowest == highest ? lowest.rawValue : "\(lowest.rawValue) to \(highest.rawValue)"
  }

  /// How well an expression of a level suits, 0 to 1: fully within the range; each level above takes 0.2 off, each
  /// level below 0.35, for what is known already teaches least. 0.6 for what no level is known of.
  package func fit(of level: LanguageLevel?) -> Double {
    guard let level else { return 0.6 }
    let above = Self.rank(level) - Self.rank(highest)
    let below = Self.rank(lowest) - Self.rank(level)
    // In hundredths, so that equal levels give equal numbers.
    let hundredths = 100 - 20 * max(0, above) - 35 * max(0, below)
    return Double(max(0, hundredths)) / 100
  }

  private static func rank(_ level: LanguageLevel) -> Int {
    LanguageLevel.allCases.firstIndex(of: level) ?? 0
  }
}
