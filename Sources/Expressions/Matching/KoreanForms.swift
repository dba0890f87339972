/// Korean words with what is attached to them.
enum KoreanForms {
  /// Whether a spoken word may be a dictionary's word with particles or verb endings.
  static func isForm(_ spoken: String, of wanted: String) -> Bool {
    if isNoun(wanted, in: spoken) { return true }
    guard wanted.last == "다", spoken.first == wanted.first || wanted.count == 2 else {
      return false
    }
    return isVerb(Array(wanted.dropLast()), in: Array(spoken))
  }

  /// A syllable may begin any word, so that after one only a particle counts.
  private static func isNoun(_ noun: String, in spoken: String) -> Bool {
    guard spoken.hasPrefix(noun) else { return false }
    let rest = String(spoken.dropFirst(noun.count))
    return noun.count > 1 ? rest.count <= 5 : particles.contains(rest)
  }

  /// The syllables before the stem's last are equal, and that one begins alike: its vowel may have
  /// melted with an ending's, its last consonant may have changed or gone.
  private static func isVerb(_ stem: [Character], in spoken: [Character]) -> Bool {
    guard let last = stem.last, spoken.count >= stem.count,
      spoken.starts(with: stem.dropLast()), spoken.count <= stem.count + 6,
      let wanted = Syllable(last), let found = Syllable(spoken[stem.count - 1]),
      wanted.onset == found.onset
    else { return false }
    guard found.vowel == wanted.vowel || melted[wanted.vowel]?.contains(found.vowel) == true else {
      return false
    }
    return found.coda == wanted.coda || changed[wanted.coda]?.contains(found.coda) == true
  }

  /// Vowels by number, in the order of Unicode: ㅏ 0, ㅐ 1, … ㅣ 20.
  private static let melted: [Int: Set<Int>] = [
    0: [1], 8: [9], 11: [10], 13: [14], 18: [0, 4], 20: [6],
  ]

  /// Last consonants by number, 0 none: what an open syllable takes on (ㄴ ㄹ ㅁ ㅂ ㅆ), and what ㄷ ㄹ ㅂ
  /// ㅅ become.
  private static let changed: [Int: Set<Int>] = [
    0: [4, 8, 16, 17, 20], 7: [8], 8: [0, 4, 16, 17], 17: [0], 19: [0],
  ]

  private static let particles: Set<String> = [
    "", "가", "같이", "과", "까지", "나", "는", "도", "들", "들은", "들을", "들이", "라", "라고", "라도", "랑",
    "로", "를", "마다", "만", "만은", "밖에", "보다", "부터", "야", "에", "에게", "에게서", "에는", "에도", "에서",
    "에서는", "에선", "엔", "와", "요", "으로", "은", "을", "의", "이", "이나", "이다", "이라고", "이랑", "이야",
    "이에요", "조차", "처럼", "하고", "한테",
  ]

  private struct Syllable {
    var onset: Int
    var vowel: Int
    var coda: Int

    init?(_ character: Character) {
      // One scalar when composed; text in jamo is left to equality.
      guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
        (0xAC00...0xD7A3).contains(scalar.value)
      else { return nil }
      let number = Int(scalar.value) - 0xAC00
      onset = number / (21 * 28)
      vowel = number / 28 % 21
      coda = number % 28
    }
  }
}
