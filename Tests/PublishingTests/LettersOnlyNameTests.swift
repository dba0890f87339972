import Publishing
import Testing

@Suite struct LettersOnlyNameTests {
  @Test(arguments: [
    ("Show.S01E02.Pilot.1080p.WEB-DL.x264-GRP", "Show season one episode two Pilot"),
    ("Show 1x14", "Show season one episode fourteen"),
    ("s02e03e04", "season two episode three and four"),
    ("Apollo 13 (1995) [1080p]", "Apollo thirteen one nine nine five"),
    ("12", "twelve"), ("24.720p", "twenty-four"), ("한국 드라마 3화", "한국 드라마 three 화"),
    ("...", "episode"), ("a/b\n\u{1B}c", "a b c"), ("\u{FFFD}\u{FFFD}x", "x"),
  ])
  func folderNames(stem: String, name: String) {
    #expect(LettersOnlyName.folder(forStem: stem) == name)
  }

  @Test func noNameHasADigit() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let stem = String(
        (0..<20).map { _ in "aS01eE-x.29 [](_)٣é".randomElement(using: &generator) ?? "a" })
      let name = LettersOnlyName.folder(forStem: stem)
      #expect(!name.contains { $0.isNumber }, "\(stem) gave \(name)")
      #expect(!name.hasPrefix(".") && !name.isEmpty)
    }
  }

  @Test func clipsAreListedInTheOrderOfTime() {
    let names = (1...1_500).map {
      LettersOnlyName.clip(cue: $0, of: 1_500, expressions: ["give up", "24/7"])
    }
    #expect(names == names.sorted())
    #expect(Set(names).count == 1_500)
    #expect(names.first == "bbb give up, twenty-four seven")
    #expect(LettersOnlyName.clip(cue: 2, of: 9, expressions: []) == "c clip")
    #expect(LettersOnlyName.clip(cue: 20, of: 20, expressions: ["x"]) == "z x")
    #expect(LettersOnlyName.clip(cue: 21, of: 21, expressions: ["x"]) == "cb x")
  }
}
