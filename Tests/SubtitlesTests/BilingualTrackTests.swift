import Subtitles
import Testing

@Suite struct BilingualTrackTests {
  private func cues(_ cues: [(Int64, Int64, String)], from number: Int = 1) -> [Cue] {
    cues.enumerated().map { index, cue in
      Cue(number: index + number, start: .ms(cue.0), end: .ms(cue.1), text: cue.2)
    }
  }

  private func track(
    _ source: [(Int64, Int64, String)], _ other: [(Int64, Int64, String)]
  ) -> [MarkedCue] {
    BilingualTrack.cues(source: cues(source), other: cues(other), marks: [:])
  }

  private func shown(_ entries: [MarkedCue]) -> [String] {
    entries.map { "\($0.cue.span) \($0.cue.text)" }
  }

  @Test func theTranslationStandsBelow() {
    let entries = track(
      [(0, 1_000, "a\nb"), (2_000, 3_000, "c")], [(100, 1_100, "A"), (2_000, 2_500, "C")])
    #expect(shown(entries) == ["[0, 1000] a\nb\nA", "[2000, 3000] c\nC"])
    #expect(entries.map(\.cue.number) == [1, 2])
  }

  @Test func oneTranslationOfTwoShortCuesIsOneEntry() {
    #expect(
      shown(track([(0, 2_000, "a"), (2_500, 4_000, "b")], [(0, 4_000, "AB")]))
        == ["[0, 4000] a\nb\nAB"])
  }

  @Test func aTranslationIsNotRepeated() {
    // Too long, and too many lines.
    #expect(
      shown(track([(0, 4_000, "a"), (4_000, 9_000, "b")], [(0, 9_000, "AB")]))
        == ["[0, 4000] a", "[4000, 9000] b\nAB"])
    #expect(
      shown(track([(0, 2_000, "a\na"), (2_000, 3_000, "b\nb")], [(0, 3_000, "AB")]))
        == ["[0, 2000] a\na\nAB", "[2000, 3000] b\nb"])
    #expect(
      shown(
        track(
          [(0, 1_000, "a"), (1_000, 3_000, "b"), (3_000, 4_000, "c")],
          [(0, 2_100, "A"), (2_100, 4_000, "B")]))
        == ["[0, 1000] a", "[1000, 3000] b\nA", "[3000, 4000] c\nB"])
  }

  @Test func severalTranslationsOfOneCueAreJoined() {
    #expect(
      shown(track([(0, 4_000, "ab")], [(0, 2_000, "A"), (2_000, 4_000, "B")]))
        == ["[0, 4000] ab\nA\nB"])
  }

  @Test func whatHasNoPartnerIsShownAlone() {
    #expect(
      shown(
        track([(0, 1_000, "a"), (9_000, 9_500, "b")], [(3_000, 5_000, "X"), (4_000, 6_000, "Y")]))
        == ["[0, 1000] a", "[3000, 5000] X", "[5000, 6000] Y", "[9000, 9500] b"])
    // Y has no time left; X would lie under an entry that spans the gap.
    #expect(shown(track([], [(0, 3_000, "X"), (1_000, 2_000, "Y")])) == ["[0, 3000] X\nY"])
    #expect(
      shown(
        track(
          [(0, 1_000, "a"), (2_000, 3_000, "b")], [(0, 3_000, "AB"), (1_200, 1_800, "X")]))
        == ["[0, 1000] a\nAB", "[1200, 1800] X", "[2000, 3000] b"])
  }

  @Test func marksStayOnTheirWords() {
    let source = cues([(0, 2_000, "\u{AD1C}cha"), (2_000, 4_000, "give up")], from: 7)
    let other = cues([(0, 4_000, "gib auf")])
    let entries = BilingualTrack.cues(
      source: source, other: other, marks: [7: [3..<6], 8: [0..<4, 5..<99], 1: [0..<3]])
    #expect(entries.count == 1)
    let text = Array(entries[0].cue.text.utf8)
    #expect(
      entries[0].marks.map { String(decoding: text[$0], as: UTF8.self) } == ["cha", "give", "up"])
  }

  @Test func manyCuesKeepTheRules() {
    var random = SplitMix(state: 5)
    for _ in 0..<300 {
      let source = randomCues(&random, "s")
      let other = randomCues(&random, "o")
      let entries = track(source, other).map(\.cue)
      #expect(entries.map(\.number) == Array(entries.indices).map { $0 + 1 })
      let lines = entries.flatMap { $0.text.split(separator: "\n").map(String.init) }
      #expect(lines.sorted() == (source + other).map(\.2).sorted())
      #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.start <= $1.start })
      for (left, right) in zip(entries, entries.dropFirst()) where left.end > right.start {
        let texts = Set((left.text + "\n" + right.text).split(separator: "\n").map(String.init))
        let own = source.filter { texts.contains($0.2) }
        #expect(zip(own, own.dropFirst()).contains { $0.1 > $1.0 }, "\(left) \(right)")
      }
    }
  }

  /// In order of time, some of them overlapping.
  private func randomCues(
    _ random: inout SplitMix, _ name: String
  ) -> [(Int64, Int64, String)] {
    var start: Int64 = 0
    return (0..<Int.random(in: 0...12, using: &random)).map { index in
      start += .random(in: 200...3_000, using: &random)
      let end = start + .random(in: 300...4_000, using: &random)
      defer { start = .random(in: 0..<5, using: &random) == 0 ? start : end }
      return (start, end, "\(name)\(index)")
    }
  }
}
