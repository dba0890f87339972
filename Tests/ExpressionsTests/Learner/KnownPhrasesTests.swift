import Expressions
import Testing

@Suite struct KnownPhrasesTests {
  @Test func aListIsOnePhraseALine() {
    let known = KnownPhrases(
      text: "\u{FEFF}# mine\r\ngive up\r\n\r\n  To Call it a day!\t\r\ngive  up\r\n---\r\n학교에 가다")
    #expect(known.phrases == ["give up", "To Call it a day!", "학교에 가다"])
    #expect(known.skipped == 1)
    #expect(known.contains("call it a day"))
    #expect(known.contains("Give-up"))
    #expect(!known.contains("give"))
    #expect(KnownPhrases(text: String(repeating: "word ", count: 60)).skipped == 1)
    #expect(KnownPhrases(text: "").phrases.isEmpty)
  }

  @Test func addingKeepsEverythingElse() {
    let (text, added) = KnownPhrases.adding(
      ["give up", "so far", " so far ", "", "two\nlines"], to: "# a\r\n\r\ngive up")
    #expect(added == ["so far"])
    #expect(text == "# a\r\n\r\ngive up\r\nso far\r\n")
    #expect(KnownPhrases.adding(["Give up"], to: text) == (text, []))
    let (fresh, _) = KnownPhrases.adding(["#1 choice"], to: "")
    #expect(fresh.hasPrefix("# "))
    #expect(KnownPhrases(text: fresh).phrases == ["#1 choice"])
  }

  @Test func removingKeepsEverythingElse() {
    let text = "# give up\r\ngive up\r\n\r\nso far\nTo give up"
    let (left, removed) = KnownPhrases.removing(["GIVE UP!"], from: text)
    #expect(left == "# give up\r\n\r\nso far\n")
    #expect(removed == ["give up", "To give up"])
    #expect(KnownPhrases.removing(["nothing", ""], from: text).text == text)
  }

  @Test(arguments: 0..<50)
  func whatIsAddedAndRemovedLeavesTheText(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = ["# note", "give up", "", "so far", "\tx y ", "ünder", "---"]
    var text = (0..<8).map { _ in pieces.randomElement(using: &generator) ?? "" }
      .joined(separator: seed % 2 == 0 ? "\n" : "\r\n")
    if seed % 3 == 0 { text += seed % 2 == 0 ? "\n" : "\r\n" }
    let (longer, added) = KnownPhrases.adding(["never mind"], to: text)
    #expect(added == ["never mind"])
    let (again, _) = KnownPhrases.removing(["never mind"], from: longer)
    #expect(KnownPhrases(text: again).phrases == KnownPhrases(text: text).phrases)
    #expect(longer.hasPrefix(text) || text.allSatisfy(\.isWhitespace))
  }

  @Test(arguments: [
    ("give up\nso far\n", ["give up", "so far"]),
    ("#separator:tab\n#html:true\n<b>give</b>&nbsp;up<br>2nd line\taufgeben\n", ["give up"]),
    ("#separator:Semicolon\n#html:false\n\"a \"\"white\"\" lie\";x\n", ["a \"white\" lie"]),
    (
      "#separator:tab\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:5\nabc\tBasic\tEN\tso far\ttag\n",
      ["so far"]
    ),
    ("{{c1::give up::hint}} your seat[sound:a.mp3]\tx", ["give up your seat"]),
    ("#separator:comma\n\"two\nlines\",b\nget by,c", ["two", "get by"]),
    ("rock &#39;n&#x27; roll &amp; co\t", ["rock 'n' roll & co"]),
    ("\u{FEFF}a, b\tc", ["a, b"]),
    ("# my list\ngive up\ngive up", ["give up"]),
    ("#separator:tab\n\"#1 choice\"\tx\n# a note\ny\nso far\tz", ["#1 choice", "y", "so far"]),
  ])
  func importsListsAndAnkisExports(text: String, phrases: [String]) {
    #expect(KnownImport.phrases(text: text).phrases == phrases)
  }

  @Test func countsWhatIsNoPhrase() {
    let (phrases, skipped) = KnownImport.phrases(
      text: "#separator:tab\n<img src=x>\ty\n\n...\nso far\n")
    #expect(phrases == ["so far"])
    #expect(skipped == 2)
  }
}
