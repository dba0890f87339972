import Subtitles
import Testing

@Suite struct CueCleaningTests {
  @Test(arguments: [
    ("[door slams]\nWho's there?", "Who's there?"),
    ("Who's [knocking] there?", "Who's there?"),
    ("(SIGHS) Fine.", "Fine."),
    ("Fine. (SIGHS)", "Fine."),
    ("(whispering) Come here.", "Come here."),
    ("(computer playing\nelectronic melody)\nTurn it off.", "Turn it off."),
    ("(mocking, high-pitched) Yes.", "Yes."),
    ("Already married? (clicks tongue)", "Already married?"),
    ("Uh (chuckles) yes.", "Uh yes."),
    ("She (my cook) left.", "She (my cook) left."),
    ("(And I mean all of them.)", "(And I mean all of them.)"),
    ("It was (1994) long ago", "It was (1994) long ago"),
    ("（ため息）もういい", "もういい"),
    ("[웃음] 그만해", "그만해"),
    ("An [unclosed note", "An [unclosed note"),
    ("♪ La la la ♪\nStop it!", "Stop it!"),
    ("♪ La la\nla la ♪\nStop it!", "Stop it!"),
    ("♪ La la la\n- Stop it!", "Stop it!"),
    ("# Happy birthday #\nStop it!", "Stop it!"),
    ("# Happy\nbirthday #\nStop it!", "Stop it!"),
    ("You're #1!", "You're #1!"),
    ("#1 fan", "#1 fan"),
    ("  Wait…  \n   “what”?  ", "Wait…\n“what”?"),
    ("- Go!\n- [sighs]", "Go!"),
    (">> Go!", "Go!"),
    ("- Go!", "- Go!"),
    ("a\u{2028}b\u{1}c\u{FEFF}\td", "a\nbc d"),
    ("Visit www.example.com today", "Visit www.example.com today"),
  ])
  func keepsWhatIsSaid(_ raw: String, _ text: String) {
    #expect(cleaned(raw).map(\.text) == [text])
  }

  /// Each with who says it, where that is told.
  @Test(arguments: [
    ("- Go!\n- No!", ["Go!", "No!"]),
    ("-Go!\n-No!", ["Go!", "No!"]),
    ("– Go!\n– No!", ["Go!", "No!"]),
    ("— ¿Quién es?\n— Yo.", ["¿Quién es?", "Yo."]),
    ("- [Man] Go!\n- (LAUGHS) No!", ["Go!", "No!"]),
    (">> Go!\n>> No!", ["Go!", "No!"]),
    ("- JOHN: Get out.\n- MARY: No.", ["JOHN: Get out.", "MARY: No."]),
    ("JOHN: Get out.\nMARY: No.", ["JOHN: Get out.", "MARY: No."]),
    ("- Who is it\nat this hour?\n- Me.", ["Who is it\nat this hour?", "Me."]),
    ("Who is it?\n- Me.", ["Who is it?", "Me."]),
    ("- Who is it? - Me.", ["Who is it?", "Me."]),
    ("- One.\n- Two.\n- Three.", ["One.", "Two.", "Three."]),
    ("- Go!\n- [sighs]\n- No!", ["Go!", "No!"]),
    ("This is some-\n-thing else.", ["This is some-\n-thing else."]),
    ("He said it\n— and I believed him.", ["He said it\n— and I believed him."]),
    ("I was\n--wait.", ["I was\n--wait."]),
    ("From 9:00\n- to 10:00", ["From 9:00\n- to 10:00"]),
    ("It's well-known - I think - here.", ["It's well-known - I think - here."]),
    ("<v Ann>Hi there.", ["Ann: Hi there."]),
  ])
  func twoSpeakersAreTwoCues(_ raw: String, _ said: [String]) {
    let cues = cleaned(raw)
    #expect(cues.map { cue in (cue.speaker.map { "\($0): " } ?? "") + cue.text } == said)
    #expect(Set(cues.map(\.span)).count == 1, "nobody knows who speaks when")
    #expect(cues.map(\.number) == Array(1...cues.count))
  }

  @Test func whatIsLeftOutIsCountedByReason() throws {
    let lines = [
      "[door slams]", "(SIGHS)", "♪ La la la ♪", "♪ La la\nla ♪", "Subtitles by someone", "<i></i>",
      "Hello.",
    ]
    let text = lines.enumerated().map {
      "\($0.offset + 1)\n00:00:0\($0.offset),000 --> 00:00:0\($0.offset),500\n\($0.element)\n"
    }
    let file = try parsed(text.joined(separator: "\n"))
    #expect(
      file.leftOut.counts == [.sound: 2, .song: 2, .advert: 1, .empty: 1])
    #expect(file.cues.map(\.text) == ["Hello."])
  }

  @Test(arguments: [
    "[door slams]", "(SIGHS)", "(chattering)", "( clock ticking )", "♪ ♪", "♪",
    "♪♪ [Somber Classical]",
    "♪ La la la", "# La la la #", "- [sighs]\n- [laughs]", "<i></i>", "{\\an8}", " \n ", "-",
    "Synced and corrected by somebody", "Subtitles by: Someone\nfor fun",
    "-== [ www.OpenSubtitles.org ] ==-", "Support us and become VIP member\nto remove all ads",
    "From ADDIC7ED", "podnapisi.net", "Subscene.com", "YIFY", "YTS.MX", "TVsubtitles.net",
    "a.jpg#xywh=0,0",
    "Advertise your product or brand here", "Sync by x", "ReSynced by x", "Captions by x",
    "Downloaded from x",
    "www.example.com", "<font color=red>https://example.com/x</font>",
  ])
  func leavesOutWhatIsNot(_ raw: String) {
    #expect(cleaned(raw).map(\.text) == [])
  }

  @Test(
    arguments: [
      ("JOHN: Get out.", "JOHN", "Get out."),
      ("JOHN:\nGet out.", "JOHN", "Get out."),
      ("MR. O'NEIL 2: Get out.", "MR. O'NEIL 2", "Get out."),
      ("McCOY: He's dead.", "McCOY", "He's dead."),
      ("JOHN (whispering): Get out.", "JOHN", "Get out."),
      ("JOHN (V.O.): Get out.", "JOHN", "Get out."),
      (">> ALICE: Hi, there.", "ALICE", "Hi, there."),
      ("[John]\nGet out.", "John", "Get out."),
      ("[Boon's Mom] Get out.", "Boon's Mom", "Get out."),
      ("[JOHN]: Get out.", "JOHN", "Get out."),
      ("<v Mary>Get out.", "Mary", "Get out."),
      ("- [John] Get out.", "John", "- Get out."),
      ("- JOHN: Get out.", "JOHN", "Get out."),
      ("[Sighs] Get out.", nil, "Get out."),
      ("[Birds Chirping]\nGet out.", nil, "Get out."),
      ("[Door Opens]\nGet out.", nil, "Get out."),
      ("[music]\nGet out.", nil, "Get out."),
      ("Remember: get out.", nil, "Remember: get out."),
      ("WARNING: get out.", nil, "WARNING: get out."),
      ("MISSION: IMPOSSIBLE", nil, "MISSION: IMPOSSIBLE"),
      ("It's 10:30.", nil, "It's 10:30."),
      ("I: me", nil, "I: me"),
    ] as [(String, String?, String)])
  func findsWhoSpeaks(_ raw: String, _ speaker: String?, _ text: String) {
    let cues = cleaned(raw)
    #expect(cues.map(\.text) == [text])
    #expect(cues.map(\.speaker) == [speaker])
  }

  @Test func numbersTheCuesThatAreLeft() throws {
    let file = try parsed(
      """
      1
      00:00:01,000 --> 00:00:02,000
      [thunder]

      2
      00:00:03,000 --> 00:00:04,000
      Rain again.

      3
      00:00:05,000 --> 00:00:06,000
      www.example.com

      4
      00:00:07,000 --> 00:00:08,000
      Every day.
      """)
    #expect(file.cues.map(\.number) == [1, 2])
    #expect(file.cues.map(\.text) == ["Rain again.", "Every day."])
    #expect(file.leftOut.damaged == 0)
  }
}
