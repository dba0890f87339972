/// Words before whose full stop no sentence ends: titles before names, and what stands between two.
enum Titles {
  static func contains(_ word: String) -> Bool { words.contains(word) }

  private static let words: Set<String> = [
    "capt", "col", "dr", "fr", "gen", "hr", "lt", "mr", "mrs", "ms", "prof", "rev", "sgt", "st",
    "vs",
  ]
}
