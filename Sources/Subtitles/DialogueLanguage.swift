/// A veto on dialogue that is taken for a language that it can't be in.
package enum DialogueLanguage {
  /// Why the cues can't be in `language`, in words, or nil when they may be. Little text raises no objection.
  package static func objection(to language: String, _ cues: [Cue]) -> String? {
    var counts: [WritingSystem: Int] = [:]
    for cue in cues {
      counts.merge(WritingSystem.counts(in: cue.text), uniquingKeysWith: +)
    }
    let letters = counts.values.reduce(0, +)
    let expected = WritingSystem.systems(of: language)
    let fitting = expected.map { counts[$0] ?? 0 }.reduce(0, +)
    // Names and signs in other letters are usual; most of the dialogue is not.
    if letters >= 20, fitting * 2 < letters,
      let found = counts.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })?.key
    {
      return "most of it is written in \(found.rawValue) letters"
    }
    guard let guess = LanguageGuess.of(cues), guess.language != language,
      guess.familyConfidence >= sure,
      !LanguageGuess.families.contains(where: {
        $0.contains(guess.language) && $0.contains(language)
      })
    else { return nil }
    return "it reads like \(LanguageTag.englishName(of: guess.language) ?? guess.language)"
  }

  /// In percent.
  private static let sure = 75
}
