/// Why one expression goes before another: its parts, each 0 to 1, and their weighted sum.
package struct Score: Sendable, Hashable, Codable {
  /// The extractor's own judgement.
  package var usefulness: Double
  package var levelFit: Double
  /// How seldom its rarest word is said.
  package var rarity: Double
  /// How far it lies from what is chosen already.
  package var spread: Double
  /// 0 for what other episodes of the series have given or the learner knows.
  package var novelty: Double

  package init(
    usefulness: Double, levelFit: Double, rarity: Double, spread: Double, novelty: Double
  ) {
    self.usefulness = usefulness
    self.levelFit = levelFit
    self.rarity = rarity
    self.spread = spread
    self.novelty = novelty
  }

  package var total: Double {
    // Rounded, so that sums that differ by the order of adding are equal.
    let sum =
      0.45 * usefulness + 0.2 * levelFit + 0.15 * rarity + 0.1 * spread + 0.1 * novelty
    return (sum * 1_000_000).rounded() / 1_000_000
  }
}
