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
    ("it's' end", ["it's", "end"]),
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
}
