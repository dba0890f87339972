/// The words that an English word may be an inflected form of, by rules and without a dictionary.
enum EnglishForms {
  /// The word first; then what it may be a form of, whether that is a word or not.
  ///
  /// Two words are forms of the same when they have one of these in common.
  static func bases(of word: String) -> [String] {
    var bases = [word]
    func add(_ base: String) {
      if !bases.contains(base), !EnglishWords.functionWords.contains(base) { bases.append(base) }
    }
    let irregular = IrregularForms.bases(of: word)
    irregular.forEach(add)
    guard irregular.isEmpty, !EnglishWords.functionWords.contains(word) else { return bases }
    if word.hasSuffix("s") { plurals(of: word).map(String.init).forEach(add) }
    if word.hasSuffix("ed"), !word.hasSuffix("eed") {
      verbs(word.dropLast(2), softened: "ied", of: word).map(String.init).forEach(add)
    } else if word.hasSuffix("ing") {
      verbs(word.dropLast(3), softened: "ying", of: word).map(String.init).forEach(add)
    }
    return bases
  }

  private static func plurals(of word: String) -> [Substring] {
    guard word.utf8.count > 3, !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("'s")
    else { return [] }
    var bases = [word.dropLast()]
    if word.hasSuffix("ies") {
      bases.append(word.dropLast(3) + "y")
    } else if word.hasSuffix("ves") {
      bases += [word.dropLast(3) + "f", word.dropLast(3) + "fe"]
    } else if ["ses", "xes", "zes", "ches", "shes", "oes"].contains(where: word.hasSuffix) {
      bases.append(word.dropLast(2))
    }
    return bases
  }

  /// What a past or a form in -ing is made of: as it stands, with the lost e, with one of the
  /// doubled consonants, with the y or ie that was softened.
  private static func verbs(
    _ stem: Substring, softened: String, of word: String
  ) -> [Substring] {
    // The stem of "lying" has no vowel but its y.
    guard stem.utf8.count > 1, stem.contains(where: { "aeiouy".contains($0) }) else { return [] }
    var bases = [stem, stem + "e"]
    let last = stem.suffix(2)
    if let first = last.first, first == last.last, !"aeiou".contains(first) {
      bases.append(stem.dropLast())
    }
    if word.hasSuffix(softened) {
      bases.append(word.dropLast(softened.utf8.count) + (softened == "ied" ? "y" : "ie"))
    }
    return bases
  }
}
