import Testing

@testable import Pipeline

@Suite struct StatusLineTests {
  @Test func saysWhatIsInWork() {
    let line = StatusLine(
      libraries: 2, inWork: 3, batchesDone: 41, batchesTotal: 96, now: "cutting: clip 1 of 2",
      clipsToday: 12, closures: ["gemini waits until 14:05"])
    #expect(
      line.text
        == "3 episodes in work, 41 of 96 batches, 12 clips today; gemini waits until 14:05")
  }

  @Test func saysWhatIsBeingDoneWhereNoBatchIsOut() {
    let line = StatusLine(libraries: 1, inWork: 1, now: "cutting: clip 1 of 2", clipsToday: 1)
    #expect(line.text == "1 episode in work, cutting: clip 1 of 2, 1 clip today")
  }

  @Test func saysThatThereIsNothingToDoAndWhatIsWrong() {
    #expect(
      StatusLine(libraries: 1).text == "Nothing in work, watching 1 library, 0 clips today")
    let line = StatusLine(libraries: 2, troubled: 1, waiting: 1, failed: 2)
    #expect(
      line.text == """
        Nothing in work, watching 2 libraries, 0 clips today; 1 episode waiting; 2 failed; \
        1 of 2 libraries in trouble
        """)
  }
}
