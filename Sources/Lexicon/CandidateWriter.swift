import Expressions
import Subtitles

/// Writes a match as the candidate that the rest of the program knows.
struct CandidateWriter {
  let wordNet: WordNet
  let cues: [Cue]
  let words: [DialogueWord]

  func candidate(for match: Match) -> Candidate {
    let entry = match.entry
    let examples = (match.sense?.examples ?? []).filter { shows(entry, $0) }
    let touched = words[match.first].cue...words[match.last].cue
    return Candidate(
      phrase: phrase(of: match), dictionaryForm: dictionaryForm(of: match),
      cueNumbers: cues[touched].map(\.number), partOfSpeech: entry.partOfSpeech.rawValue,
      meaning: match.sense?.definition ?? "",
      examples: examples, usefulness: match.usefulness)
  }

  /// The text from the first word to the last as it stands, cues joined by a space.
  private func phrase(of match: Match) -> String {
    var pieces: [String] = []
    var place = match.first
    while place <= match.last {
      let cue = words[place].cue
      let end = words[place...match.last].lastIndex { $0.cue == cue } ?? place
      let bytes = Array(cues[cue].spoken.utf8)
      let range = words[place].range.lowerBound..<words[end].range.upperBound
      pieces.append(String(decoding: bytes[range], as: UTF8.self))
      place = end + 1
    }
    return pieces.joined(separator: " ")
  }

  /// Words parted by spaces; WordNet's "in his own right" stands for everyone's.
  private func dictionaryForm(of match: Match) -> String {
    let entry = match.entry
    let written = match.sense?.words.first { $0.lowercased() == entry.lemma } ?? entry.lemma
    let words = written.split(separator: "_").map(String.init)
    guard entry.partOfSpeech == .adjective || entry.partOfSpeech == .adverb else {
      return words.joined(separator: " ")
    }
    return words.map { Vocabulary.possessives.contains($0) ? "one's" : $0 }.joined(separator: " ")
  }

  /// A synset's examples may show another of its words.
  private func shows(_ entry: IndexEntry, _ example: String) -> Bool {
    !Matcher(wordNet: wordNet, words: DialogueWord.words(of: example)).matches(of: entry).isEmpty
  }
}
