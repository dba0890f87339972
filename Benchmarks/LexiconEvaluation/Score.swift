/// Right, wrong and missed expressions, and what follows from them.
struct Score: Encodable {
  var right = 0
  var wrong = 0
  var missed = 0

  var precision: Double { right == 0 ? 0 : Double(right) / Double(right + wrong) }
  var recall: Double { right == 0 ? 0 : Double(right) / Double(right + missed) }
  var f1: Double {
    right == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  /// What remains if every wrong one is left out and every right one kept.
  var perfectlyFiltered: Score { Score(right: right, wrong: 0, missed: missed) }

  private enum CodingKeys: String, CodingKey {
    case right, wrong, missed, precision, recall, f1
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(right, forKey: .right)
    try container.encode(wrong, forKey: .wrong)
    try container.encode(missed, forKey: .missed)
    try container.encode(precision, forKey: .precision)
    try container.encode(recall, forKey: .recall)
    try container.encode(f1, forKey: .f1)
  }
}
