import Expressions

/// How many tokens a text will be, before any tokenizer has seen it.
enum TokenEstimate {
  /// Latin letters share a token in threes and fours; a character of Korean, Chinese or Japanese takes about one.
  static func tokens(in text: String) -> Int {
    var tokens = 0.0
    for scalar in text.unicodeScalars { tokens += scalar.value < 0x0590 ? 1 / 3.5 : 1 }
    return Int(tokens.rounded(.up))
  }

  /// Fewer than any tokenizer makes of it: what a server counts below it, it has not read.
  static func least(in text: String) -> Int {
    var tokens = 0.0
    for scalar in text.unicodeScalars { tokens += scalar.value < 0x0590 ? 1 / 6.5 : 1 / 4 }
    return Int(tokens)
  }

  /// About one expression for five cues, each of some 160 tokens, and a translation of a good half of the cues.
  static func output(cues: Int, translates: Bool) -> Int {
    64 + cues * 32 + (translates ? cues * 14 : 0)
  }

  /// What an answer may take at most: beyond it the model goes round in circles, or the batch is too big.
  static func most(for estimate: TokenUsage) -> Int {
    min(max(1_024, estimate.output * 3), 32_768)
  }

  /// What a model that thinks may need besides, where the provider counts it among the answer's tokens.
  static let thoughts = 8_192
}
