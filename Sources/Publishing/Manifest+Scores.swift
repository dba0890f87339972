import Expressions

extension Manifest {
  /// The parts of an expression's score, each 0 to 1, and their weighted sum.
  package struct ScoreEntry: Sendable, Codable, Equatable {
    package var total: Double
    package var usefulness: Double
    package var levelFit: Double
    package var rarity: Double
    package var spread: Double
    package var novelty: Double

    package init(_ score: Score) {
      total = Self.rounded(score.total)
      usefulness = Self.rounded(score.usefulness)
      levelFit = Self.rounded(score.levelFit)
      rarity = Self.rounded(score.rarity)
      spread = Self.rounded(score.spread)
      novelty = Self.rounded(score.novelty)
    }

    private static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
  }
}
