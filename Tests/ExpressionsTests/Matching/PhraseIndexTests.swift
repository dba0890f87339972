import Expressions
import Subtitles
import Testing

@Suite struct PhraseIndexTests {
  @Test func tellsWhatOccursInTheOrderGiven() {
    let cues = spoken("She figured it all out.|It gets on my nerves.|I'm gonna miss you.")
    let phrases = [
      "get on his nerves", "call it a day", "to figure out", "going to miss", "GONNA miss", "",
      "\u{2026}",
      "miss someone", "nerve", "enjoy yourself",
    ]
    #expect(
      PhraseIndex.phrases(phrases, occurringIn: cues, language: "en")
        == [
          "get on his nerves", "to figure out", "going to miss", "GONNA miss", "miss someone",
          "nerve",
        ])
    #expect(PhraseIndex.phrases(phrases, occurringIn: [], language: "en").isEmpty)
  }

  @Test(arguments: [
    ("ja", "それは気にしないで", "気にしない", "安全"), ("ko", "학교에서 봤어요", "보다", "집"),
    ("de", "Wir arbeiteten daran", "arbeiten", "aufgeben"),
    ("fr", "C'est l'amour", "amour", "haine"),
  ])
  func knowsOtherLanguages(language: String, said: String, there: String, missing: String) {
    #expect(
      PhraseIndex.phrases([missing, there], occurringIn: spoken(said), language: language)
        == [there])
  }

  /// What is left out before the search is nothing that the search would find.
  @Test(arguments: ["en", "de", "ko", "ja"])
  func losesNothing(language: String) {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<60 {
      let cues = RandomDialogue(generator: &generator).transcript.cues
      let phrases = (0..<40).map { _ in RandomDialogue.phrase(using: &generator) }
      let finder = PhraseFinder(cues: cues, language: language)
      let found = phrases.filter {
        finder.match(PhraseKey($0).text, .listed, in: [cues.indices]) != nil
      }
      #expect(PhraseIndex.phrases(phrases, occurringIn: cues, language: language) == found)
    }
  }
}
