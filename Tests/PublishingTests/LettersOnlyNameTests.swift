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
    let names = (0..<30).map {
      LettersOnlyName.clip(position: $0, of: 30, expressions: ["give up", "24/7"])
    }
    #expect(names == names.sorted())
    #expect(names.first == "aa give up, twenty-four seven")
    #expect(LettersOnlyName.clip(position: 1, of: 9, expressions: []) == "b clip")
  }
}
