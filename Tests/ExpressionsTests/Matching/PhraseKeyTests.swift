import Expressions
import Foundation
import Testing

@Suite struct PhraseKeyTests {
  @Test(arguments: [
    [
      "Figure out", "to figure out", "figure-out", "FIGURE OUT!", "  figure\u{A0}out \u{2026}",
      "fi\u{AD}gure out",
    ],
    ["a white lie", "White lie", "the white-lie"],
    [
      "get on someone's nerves", "get on one\u{2019}s nerves", "to get on my nerves",
      "Get on her nerves",
      "get on sb's nerves", "get on their nerves",
    ],
    ["tell somebody off", "tell someone off", "tell sb. off"],
    ["do something about sth", "do sth about something"],
    ["enjoy yourself", "enjoy oneself"],
    ["the to-do list", "to do list"],
    ["눈치 보다", "눈치 보다."],
    ["Mett\u{ED} la pata", "mett\u{ED} la pata", "METT\u{CD} LA PATA"],
  ])
  func areAlike(forms: [String]) {
    #expect(Set(forms.map(PhraseKey.init)).count == 1, "\(forms.map { PhraseKey($0).text })")
  }

  @Test(arguments: [
    ("tell her off", "tell one's off"), ("to the letter", "letter"), ("a lo mejor", "lo mejor"),
    ("figure out", "figure it out"), ("don't mind", "do mind"), ("the", "a"), ("to", "the"),
  ])
  func areTwo(left: String, right: String) {
    #expect(PhraseKey(left) != PhraseKey(right))
  }

  @Test(arguments: ["", "\u{2026}!", "\u{200B}", "- -"])
  func isEmptyWithoutWords(form: String) {
    #expect(PhraseKey(form).text.isEmpty)
  }

  @Test func isCodedAsText() throws {
    let keys = [PhraseKey("To call it a day")]
    let data = try JSONEncoder().encode(keys)
    #expect(String(decoding: data, as: UTF8.self) == #"["call it a day"]"#)
    #expect(try JSONDecoder().decode([PhraseKey].self, from: data) == keys)
  }

  @Test func ofAKeyIsTheKey() {
    var generator = SeededGenerator(seed: 7)
    let words = [
      "to", "a", "the", "her", "my", "one's", "sb's", "somebody", "sth", "myself", "do", "list",
      "lo",
      "check-in", "it's", "up",
    ]
    for _ in 0..<3_000 {
      let form = (0..<Int.random(in: 1...5, using: &generator))
        .compactMap { _ in words.randomElement(using: &generator) }.joined(separator: " ")
      let key = PhraseKey(form)
      #expect(PhraseKey(key.text) == key, "\(form)")
      #expect(!key.text.isEmpty, "\(form)")
    }
  }
}
