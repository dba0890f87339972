/// The four parts of speech that WordNet keeps apart, in the order that ties are settled in.
package enum PartOfSpeech: String, Sendable, Hashable, CaseIterable {
  case verb, adverb, adjective, noun

  /// The ending of WordNet's file names.
  var suffix: String {
    switch self {
    case .verb: "verb"
    case .adverb: "adv"
    case .adjective: "adj"
    case .noun: "noun"
    }
  }
}
