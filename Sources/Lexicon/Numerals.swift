/// Numbers in words, which are no expressions.
enum Numerals {
  static func contains(_ lemma: [String]) -> Bool { lemma.contains(where: words.contains) }

  private static let words: Set = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
    "million", "billion", "dozen",
  ]
}
