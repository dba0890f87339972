/// The levels of the Common European Framework that a learner works at, such as "B1" to "B2".
package struct LevelSetting: Sendable, Equatable, CustomStringConvertible {
  package var lowest: String
  package var highest: String

  /// Reads a level ("B2"), two of them ("B1-B2", "B1 to B2") or a word: beginner, intermediate, advanced, mixed.
  package init?(_ text: String) {
    let text = text.lowercased()
    if let (lowest, highest) = Self.words[text] {
      (self.lowest, self.highest) = (lowest, highest)
      return
    }
    let parts = text.replacing("to", with: "-")
      .split(omittingEmptySubsequences: false) { "-\u{2013}".contains($0) }
      .map { $0.filter { !$0.isWhitespace }.uppercased() }
    guard (1...2).contains(parts.count), parts.allSatisfy(Self.all.contains),
      let first = parts.min(),
      let last = parts.max()
    else { return nil }
    (lowest, highest) = (first, last)
  }

  /// B1 to B2.
  package static let intermediate = LevelSetting(lowest: "B1", highest: "B2")

  private init(lowest: String, highest: String) {
    (self.lowest, self.highest) = (lowest, highest)
  }

  package var description: String { lowest == highest ? lowest : "\(lowest)-\(highest)" }

  private static let all = ["A1", "A2", "B1", "B2", "C1", "C2"]
  private static let words = [
    "beginner": ("A1", "A2"), "intermediate": ("B1", "B2"), "advanced": ("C1", "C2"),
    "mixed": ("A1", "C2"),
  ]
}
