import Subtitles
import Testing

@testable import Expressions

@Suite struct BoundaryTests {
  /// The same words for what parts two words and for what ends a cue's sentence.
  @Test(arguments: ["mr", "dr", "vs", "hr", "fr"]) func noSentenceEndsAfterATitle(title: String) {
    #expect(Boundary(". ", after: title, isCapitalised: true) == .none)
    #expect(!SentenceMarks.closes("This is \(title)."))
  }

  @Test func aSentenceEndsAfterAnyOtherWord() {
    #expect(Boundary(". ", after: "far", isCapitalised: true) == .sentence)
    #expect(SentenceMarks.closes("So far."))
    #expect(SentenceMarks.closes("Call the \"Dr.\""))
  }
}
