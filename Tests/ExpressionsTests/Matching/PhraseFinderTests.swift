import Expressions
import Subtitles
import Testing

@Suite struct PhraseFinderTests {
  @Test(arguments: [
    MatchCase("Let's CALL it a day!", "call it a day", "Let's [CALL it a day]!"),
    MatchCase("That was a check-in.", "check in", "That was a [check-in]."),
    MatchCase("Please check in.", "check-in", "Please [check in]."),
    MatchCase(
      "Don\u{2019}t \u{201C}worry\u{201D}.", "don't worry",
      "[Don\u{2019}t \u{201C}worry]\u{201D}."),
    MatchCase(
      "Un\u{AD}be\u{200B}lievable luck", "unbelievable luck", "[Un\u{AD}be\u{200B}lievable luck]"),
    MatchCase("\u{202B}good luck\u{202C}", "good luck", "\u{202B}[good luck]\u{202C}"),
    MatchCase("Good-bye, then.", "goodbye", "[Good-bye], then."),
    MatchCase("Oh. Well. Never mind.", "well never mind", "Oh. [Well. Never mind]."),
    MatchCase("I figured it out.", "figure it out", nil),
    MatchCase("Nothing.", "\u{2026}", nil),
    MatchCase("call it a", "call it a day", nil),
  ])
  func findsWordsAsTheyStand(row: MatchCase) {
    #expect(row.found(.spoken) == row.marked)
  }

  @Test(arguments: [
    MatchCase("I'm gonna go.", "going to go", "I'm [gonna go]."),
    MatchCase("I am going to go.", "gonna go", "I am [going to go]."),
    MatchCase("You wanna bet?", "want to bet", "You [wanna bet]?"),
    MatchCase("I've got to run.", "gotta run", "I've [got to run]."),
    MatchCase("Gimme a break!", "give me a break", "[Gimme a break]!"),
    MatchCase("Let me be.", "lemme be", "[Let me be]."),
    MatchCase("I dunno why.", "don't know why", "I [dunno why]."),
    MatchCase("I do not know why.", "dunno why", "I [do not know why]."),
    MatchCase("It's kinda funny.", "kind of funny", "It's [kinda funny]."),
    MatchCase("Get outta here!", "get out of here", "[Get outta here]!"),
    MatchCase("You all come back.", "y'all come back", "[You all come back]."),
    MatchCase("That ain't fair.", "is not fair", "That [ain't fair]."),
    MatchCase("That isn't fair.", "ain't fair", "That [isn't fair]."),
    MatchCase("It\u{2019}s about time.", "it is about time", "[It\u{2019}s about time]."),
    MatchCase("It is about time.", "it's about time", "[It is about time]."),
    MatchCase("It's been ages.", "it has been ages", "[It's been ages]."),
    MatchCase("Do not bother.", "don't bother", "[Do not bother]."),
    MatchCase("He'll be fine.", "he will be fine", "[He'll be fine]."),
    MatchCase("He would have died.", "would've died", "He [would have died]."),
    MatchCase("I shouldn't've come.", "should not have come", "I [shouldn't've come]."),
    MatchCase("You'd better go.", "had better go", "[You'd better go]."),
    MatchCase("I can't stand it.", "cannot stand", "I [can't stand] it."),
    MatchCase("We won't give in.", "will not give in", "We [won't give in]."),
    MatchCase("C'mon, hurry!", "come on", "[C'mon], hurry!"),
    MatchCase("Tell 'em off.", "tell them off", "[Tell 'em off]."),
    MatchCase("Let's go.", "let us go", "[Let's go]."),
    MatchCase("It's Tom's.", "it is tom", "[It's Tom's]."),
  ])
  func readsContractionsBothWays(row: MatchCase) {
    #expect(row.found(.spoken) == row.marked)
  }

  @Test(arguments: [
    MatchCase("She figured out why.", "figure out", "She [figured out] why."),
    MatchCase("Just white lies.", "a white lie", "Just [white lies]."),
    MatchCase("Not a white lie.", "a white lie", "Not [a white lie]."),
    MatchCase("He got on my nerves.", "get on someone's nerves", "He [got on my nerves]."),
    MatchCase("It gets on Tom's nerves.", "get on sb's nerves", "It [gets on Tom's nerves]."),
    MatchCase(
      "It got on my old aunt's nerves.", "get on one's nerves",
      "It [got on my old aunt's nerves]."),
    MatchCase("She lost her temper.", "to lose one's temper", "She [lost her temper]."),
    MatchCase("He's making up stories.", "make up", "He's [making up] stories."),
    MatchCase("They stopped by.", "stop by", "They [stopped by]."),
    MatchCase("She worries about it.", "worry about", "She [worries about] it."),
    MatchCase(
      "You're lying through your teeth.", "lie through one's teeth",
      "You're [lying through your teeth]."),
    MatchCase("They've gone nuts.", "go nuts", "They've [gone nuts]."),
    MatchCase("I'm goin' nuts.", "go nuts", "I'm [goin' nuts]."),
    MatchCase("I couldn't stand him.", "can't stand", "I [couldn't stand] him."),
    MatchCase("I'm fed up.", "be fed up", "[I'm fed up]."),
    MatchCase("We were up to something.", "be up to something", "We [were up to something]."),
    MatchCase("What are you waiting for?", "wait for something", "What are you [waiting for]?"),
    MatchCase("Stop picking on me!", "pick on someone", "Stop [picking on me]!"),
    MatchCase(
      "You take me for granted.", "take somebody for granted", "You [take me for granted]."),
    MatchCase(
      "Don't take your little brother for granted.", "take sb for granted",
      "Don't [take your little brother for granted]."),
    MatchCase("They blamed Tom.", "blame someone", "They [blamed Tom]."),
    MatchCase("She enjoyed herself.", "enjoy oneself", "She [enjoyed herself]."),
    MatchCase("It made the difference.", "make a difference", "It [made the difference]."),
    MatchCase("Give me a hand.", "give someone a hand", "[Give me a hand]."),
    MatchCase("Gimme a hand.", "give someone a hand", "[Gimme a hand]."),
    MatchCase("He came. On Monday.", "come on", nil),
    MatchCase("It's good.", "do good", nil),
    MatchCase("This is a thing.", "be no", nil),
    MatchCase("Begin with us.", "beg with", nil),
    MatchCase("That is his use.", "hi us", nil),
  ])
  func knowsEnglishForms(row: MatchCase) {
    #expect(row.found(.listed) == row.marked)
  }

  @Test(arguments: [
    MatchCase("We figured it all out.", "figure out", "We [figured] it all [out]."),
    MatchCase("Turn that damn radio down!", "turn down", "[Turn] that damn radio [down]!"),
    MatchCase("Put the big old red lamp up.", "put up", nil),
    MatchCase("Figure that. Get out.", "figure out", nil),
    MatchCase("If you figure, walk out.", "figure out", nil),
    MatchCase("You let me|down again.", "let down", "You [let] me|[down] again."),
    MatchCase("I let it|- Down!", "let down", nil),
    MatchCase("Use my phone to call.", "use to", nil),
    MatchCase("Pick it up, pick up!", "pick up", "Pick it up, [pick up]!"),
    MatchCase("He gave it all up for it.", "give up", "He [gave] it all [up] for it."),
    MatchCase("The last time I sent it out", "last out", nil),
    MatchCase("Take the boy out in the hall.", "take in", nil),
    MatchCase("I've something on.", "have on", nil),
    MatchCase("Bring us back together.", "bring together", "[Bring] us back [together]."),
    MatchCase("You and the two of us off", "and off", nil),
  ])
  func partsVerbsFromTheirParticles(row: MatchCase) {
    #expect(row.found(.listed) == row.marked)
  }

  @Test(arguments: [
    MatchCase(
      "I want to call|it a|day now.", "call it a day", "I want to [call]|[it a]|[day] now."),
    MatchCase("I want to call|- It a day.", "call it a day", nil),
    MatchCase("- I will call\n- it a day", "call it a day", nil),
    MatchCase(
      "I was going to--\n-- call it a day", "was going to call",
      "I [was going to--\n-- call] it a day"),
    MatchCase("call it|a day|call it a day", "call it a day", "[call it]|[a day]|call it a day"),
    MatchCase(
      "Calling it a day. Call it a day.", "call it a day", "Calling it a day. [Call it a day]."),
  ])
  func runsOverCues(row: MatchCase) {
    #expect(row.found(.listed) == row.marked)
  }

  @Test func doesNotRunOverAChangeOfSpeaker() {
    var cues = spoken("call it|a day")
    let whole: [Range<Int>] = [0..<2]
    cues[0].speaker = "TOM"
    #expect(PhraseFinder(cues: cues, language: "en").match("it a", .spoken, in: whole) != nil)
    cues[1].speaker = "TOM"
    #expect(PhraseFinder(cues: cues, language: "en").match("it a", .spoken, in: whole) != nil)
    cues[1].speaker = "ANN"
    #expect(PhraseFinder(cues: cues, language: "en").match("it a", .spoken, in: whole) == nil)
    #expect(PhraseFinder(cues: cues, language: "ja").match("it a", .spoken, in: whole) == nil)
  }

  @Test func prefersFewerGapsThenExactThenNearThenFirst() {
    func found(_ lines: String, near: [Int] = []) -> String? {
      let cues = spoken(lines)
      return PhraseFinder(cues: cues, language: "en")
        .match("figure out", .listed, in: [cues.indices], near: near)
        .map { marking($0.spans, in: cues) }
    }
    #expect(found("Figure it out.|He figured out.") == "Figure it out.|He [figured out].")
    #expect(found("Figure it all out.|Figure it out.") == "Figure it all out.|[Figure] it [out].")
    #expect(found("He figured out.|Figure out!") == "He figured out.|[Figure out]!")
    #expect(found("Figure out!|No.|Figure out!", near: [2]) == "Figure out!|No.|[Figure out]!")
    #expect(found("Figure out!|No.|Figure out!") == "[Figure out]!|No.|Figure out!")
  }
}
