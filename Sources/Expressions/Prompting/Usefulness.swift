/// How much an expression is worth learning, in the words that a model answers with.
enum Usefulness: String, CaseIterable {
  case high, medium, low

  /// 0 to 1.
  var value: Double {
    switch self {
    case .high: 0.9
    case .medium: 0.6
    case .low: 0.3
    }
  }
}
