import Subtitles

/// Cues made of a few words in many forms, with punctuation, contractions, speakers and other
/// scripts between.
struct RandomDialogue {
  let transcript: Transcript

  static let words = [
    "figure", "figured", "figuring", "out", "up", "it", "all", "my", "Tom's", "nerves", "get",
    "got", "on",
    "gonna", "don't", "It\u{2019}s", "is", "lie", "lies", "lying", "check-in", "white", "a", "the",
    "someone",
    "somebody's", "one's", "oneself", "myself", "something", "un\u{AD}do", "goin'", "y'all",
    "caf\u{E9}",
    "학교에서", "학교", "보다", "봤어", "気にする", "ไม่เป็นไร", "arbeiten", "arbeitete",
  ]
  private static let separators = [
    " ", " ", " ", " ", " ", "\n", ", ", ". ", "? ", "... ", "\n- ", "\u{2014}", " -- ",
    "\u{200F} ",
  ]

  init(generator: inout SeededGenerator) {
    var cues: [Cue] = []
    for number in 0..<Int.random(in: 1...12, using: &generator) {
      var text = Int.random(in: 0..<6, using: &generator) == 0 ? "- " : ""
      for _ in 0..<Int.random(in: 0...9, using: &generator) {
        text += Self.words.randomElement(using: &generator) ?? ""
        text += Self.separators.randomElement(using: &generator) ?? ""
      }
      cues.append(
        Cue(
          number: 0, start: .seconds(Double(number)), end: .seconds(Double(number) + 1), text: text,
          speaker: ["A", "B", nil, nil, nil].randomElement(using: &generator) ?? nil))
    }
    transcript = Transcript(language: "en", cues: cues)
  }

  static func phrase(using generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...4, using: &generator))
      .compactMap { _ in words.randomElement(using: &generator) }.joined(separator: " ")
  }
}
