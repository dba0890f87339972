/// How often senses were met in the texts that WordNet's makers tagged: `cntlist.rev`.
///
/// A count says how common a meaning is, not how idiomatic: most idioms were met never or once.
extension WordNet {
  /// Far above any that WordNet has, so that sums of damaged ones can't overflow.
  private var highestCount: Int { 1_000_000 }

  /// Counts by the sense's number in its entry, from 1; senses that were never met are not listed.
  func senseCounts(of lemma: String, as part: PartOfSpeech) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    // "lemma%2:39:00:: 1 7": sense key, number of the sense, count.
    for type in part.senseKeyTypes {
      for line in counted.lines(withPrefix: "\(lemma)%\(type):") {
        let fields = counted.file.fields(of: line)
        guard fields.count == 3, let sense = Int(fields[1]), let count = Int(fields[2]) else {
          continue
        }
        counts[sense, default: 0] += min(max(0, count), highestCount)
      }
    }
    return counts
  }

  /// Counts of all senses of a lemma.
  func frequency(of lemma: String, as part: PartOfSpeech) -> Int {
    senseCounts(of: lemma, as: part).values.reduce(0, +)
  }
}

extension PartOfSpeech {
  /// What stands for it in a sense key; an adjective is the head of a cluster or a satellite.
  fileprivate var senseKeyTypes: [Int] {
    switch self {
    case .noun: [1]
    case .verb: [2]
    case .adjective: [3, 5]
    case .adverb: [4]
    }
  }
}
