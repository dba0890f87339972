import Expressions
import Subtitles
import Testing

@Suite struct GroundingTests {
  let transcript = dialogue([
    "Did you figure it all out?",
    "I\u{2019}m going to CALL",
    "it a day. Don\u{2019}t worry.",
    "That was a real check-in.",
    "Nothing here.", "Nor here.", "Nor here.", "Nor here.",
  ])

  @Test func findsAPhraseWithoutCaseAndPunctuation() throws {
    let expression = try Grounding(transcript: transcript)
      .ground(candidate("Figure it all OUT", "figure out", cues: [1])).get()
    #expect(expression.spans == [CueSpan(cueNumber: 1, start: 8, end: 25)])
    #expect(!expression.wasMended)
  }

  @Test func findsAPhraseThatRunsOverTwoCues() throws {
    let expression = try Grounding(transcript: transcript)
      .ground(candidate("call it a day", cues: [2, 3])).get()
    #expect(expression.cueNumbers == [2, 3])
    let spans = expression.spans.map { span in
      String(
        decoding: Array(transcript.cues[span.cueNumber - 1].text.utf8)[span.start..<span.end],
        as: UTF8.self)
    }
    #expect(spans == ["CALL", "it a day"])
  }

  @Test(arguments: [("Don't worry", 3), ("check in", 4), ("CHECK-IN", 4)])
  func knowsTypographicVariants(phrase: String, cue: Int) {
    #expect(throws: Never.self) {
      try Grounding(transcript: transcript).ground(candidate(phrase, cues: [cue])).get()
    }
  }

  @Test func mendsAWrongCueNumberNearby() throws {
    let expression = try Grounding(transcript: transcript)
      .ground(candidate("check-in", cues: [2])).get()
    #expect(expression.wasMended)
    #expect(expression.cueNumbers == [4])
  }

  @Test func findsTheDictionaryFormWhereThePhraseIsNot() throws {
    let expression = try Grounding(transcript: transcript)
      .ground(candidate("figured that one out", "figure out", cues: [1])).get()
    #expect(expression.phrase == "figure it all out")
    #expect(
      expression.spans == [
        CueSpan(cueNumber: 1, start: 8, end: 14), CueSpan(cueNumber: 1, start: 22, end: 25),
      ])
    #expect(!expression.wasMended)
  }

  @Test func givesThePhraseAsItStands() throws {
    let expression = try Grounding(transcript: transcript)
      .ground(candidate("I am gonna call it a day", cues: [2, 3])).get()
    #expect(expression.phrase == "I\u{2019}m going to CALL it a day")
  }

  @Test(arguments: [
    ([3, 90, 2, -7], [2, 3], false), ([8, 3, 2], [2, 3], false), ([3, 3], [2, 3], true),
  ])
  func makesTheBestOfTheCuesThatAreNamed(named: [Int], found: [Int], isMended: Bool) throws {
    let expression = try Grounding(transcript: transcript)
      .ground(candidate("call it a day", cues: named)).get()
    #expect(expression.cueNumbers == found)
    #expect(expression.wasMended == isMended)
  }

  /// What is wrong with a candidate's length is told from what isn't there.
  @Test func tellsWhatIsTooLong() {
    let lines = ["We will", "never", "ever", "give up."] + Array(repeating: "Come on.", count: 4)
    let grounding = Grounding(transcript: dialogue(lines))
    let spread = candidate("will never ever give up", cues: [1, 2, 3, 4])
    #expect(grounding.ground(spread) == .failure(GroundingError(.tooLong)))
    let wordy = candidate(Array(repeating: "come on", count: 7).joined(separator: " "), cues: [5])
    #expect(grounding.ground(wordy) == .failure(GroundingError(.tooLong)))
    let mended = candidate(wordy.phrase, "come on", cues: [5])
    #expect((try? grounding.ground(mended).get().phrase) == "Come on")
  }

  @Test func takesTheLanguageThatItIsTold() throws {
    let untold = Transcript(language: "und", cues: transcript.cues)
    let split = candidate("figure out", cues: [1])
    #expect(throws: GroundingError.self) { try Grounding(transcript: untold).ground(split).get() }
    #expect(throws: Never.self) {
      try Grounding(transcript: untold, language: "en-GB").ground(split).get()
    }
  }

  @Test(arguments: [
    (candidate("call it a night", cues: [2, 3]), Grounding.Rejection.notInCues),
    (candidate("figure it all out", cues: [8]), .notInCues),
    (candidate("call it a day", cues: [90]), .unknownCue),
    (candidate("call it a day", cues: []), .unknownCue),
    (candidate("…", cues: [1]), .emptyPhrase),
    (candidate("call it a day", cues: [Int.min, Int.max]), .unknownCue),
  ])
  func dropsWhatIsNotThere(candidate: Candidate, rejection: Grounding.Rejection) {
    #expect(
      Grounding(transcript: transcript).ground(candidate)
        == .failure(GroundingError(rejection)))
  }
}

@Suite struct TokenTests {
  @Test(arguments: [
    ("Don’t—stop.", ["don't", "stop"]), ("rock 'n' roll", ["rock", "n", "roll"]),
    ("well-known, 2nd", ["well-known", "2nd"]), ("", []), ("- - '", []),
    ("it's' end", ["it's", "end"]), ("un\u{AD}do \u{FEFF}it", ["undo", "it"]),
    ("don\u{200B}\u{2019}\u{200E}t", ["don't"]), ("\u{202A}\u{202C} a\u{2060}b", ["ab"]),
  ])
  func splitsWords(text: String, words: [String]) {
    #expect(Token.tokens(of: text).map(\.normal) == words)
  }

  @Test func rangesAreBytesOfTheText() {
    let text = "Ça va — d’accord?"
    let parts = Token.tokens(of: text).map {
      String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
    }
    #expect(parts == ["Ça", "va", "d’accord"])
  }

  @Test func invisibleMarksBelongToTheWordBetweenItsLetters() {
    #expect(
      Token.tokens(of: "\u{200F}un\u{AD}do\u{200B} it").map(\.range) == [3..<9, 13..<15])
  }

  /// Plain text is read by its bytes; with a letter of more at its end, by its characters.
  @Test func readsPlainTextLikeAnyOther() {
    var generator = SeededGenerator(seed: 5)
    let letters = Array("aZ09'- .\n\r\t_'-b")
    for _ in 0..<2_000 {
      let text = String(
        (0..<Int.random(in: 0...14, using: &generator))
          .compactMap { _ in letters.randomElement(using: &generator) })
      #expect(Token.tokens(of: text) == Token.tokens(of: text + " \u{E9}").dropLast(), "\(text)")
    }
  }
}
