/// What proposes expressions in a sentence.
protocol Predictor {
  var name: String { get }
  /// Whether a perfect judge of the same matches is of interest: what the lexicon could give at most.
  var showsItsLimit: Bool { get }
  func predictions(in sentence: Sentence, of corpus: Corpus) throws -> [Prediction]
}

struct Prediction: Hashable {
  /// Positions of its tokens, in order.
  var tokens: [Int]
  var isVerbal: Bool
  /// Printed in lists.
  var label: String
}
