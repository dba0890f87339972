/// How much an expression of a level is worth to a learner, 0 to 1.
///
/// With a known learner's level L: 0.9 at L and one above; each level beyond takes 0.15 off, each
/// one below L 0.25; never less than 0.1. An expression whose level is not known counts 0.6.
///
/// Without: A1 0.5, A2 0.6, B1 0.7, B2 0.8, C1 0.9, C2 0.8 (rare again), and 0.7 for a level that
/// is not known.
struct LevelFit {
  var learner: LanguageLevel?

  private static let forAnyone: [LanguageLevel: Double] = [
    .a1: 0.5, .a2: 0.6, .b1: 0.7, .b2: 0.8, .c1: 0.9, .c2: 0.8,
  ]

  subscript(level: LanguageLevel?) -> Double {
    guard let learner else { return level.flatMap { Self.forAnyone[$0] } ?? 0.7 }
    guard let level else { return 0.6 }
    let steps = Self.rank(level) - Self.rank(learner)
    // In hundredths, so that equal levels give equal numbers.
    let hundredths = steps < 0 ? 90 + 25 * steps : 90 - 15 * max(0, steps - 1)
    return Double(max(10, hundredths)) / 100
  }

  private static func rank(_ level: LanguageLevel) -> Int {
    LanguageLevel.allCases.firstIndex(of: level) ?? 0
  }
}
