import Subtitles
import Testing

@Suite struct TranscriptPairingTests {
  private func transcript(_ cues: [(Int64, Int64, String)]) -> Transcript {
    Transcript(
      language: "und",
      cues: cues.map { Cue(number: 0, start: .ms($0.0), end: .ms($0.1), text: $0.2) })
  }

  private func pair(
    _ source: [(Int64, Int64, String)], _ target: [(Int64, Int64, String)]
  ) -> [Int: String] {
    TranscriptPairing.translations(of: transcript(source), from: transcript(target))
  }

  @Test func pairsByTimeNotByIndex() {
    let texts = pair(
      [(0, 1_000, "a"), (5_000, 6_000, "b"), (8_000, 9_000, "c")],
      [(5_100, 6_100, "B"), (20_000, 21_000, "Z")])
    #expect(texts == [2: "B"])
  }

  @Test func joinsTextsInTimeOrder() {
    let texts = pair([(0, 4_000, "ab")], [(2_000, 4_000, "B"), (0, 2_000, "A")])
    #expect(texts == [1: "A\nB"])
  }

  @Test func givesALongTextToAllThatItCovers() {
    let texts = pair([(0, 2_000, "a"), (2_000, 4_000, "b")], [(0, 4_000, "AB")])
    #expect(texts == [1: "AB", 2: "AB"])
  }

  @Test func leavesOutASmallOverlap() {
    // 390 ms of the shorter cue's 1,000 are too few, 400 are enough.
    #expect(
      pair([(0, 2_000, "a"), (2_000, 3_000, "b")], [(500, 2_390, "A")]) == [1: "A"])
    #expect(
      pair([(0, 2_000, "a"), (2_000, 3_000, "b")], [(500, 2_400, "A")]) == [1: "A", 2: "A"])
  }

  @Test func aTieGoesToTheEarlier() {
    // Both overlaps are 100 ms, below the share that counts for itself.
    #expect(pair([(0, 1_000, "a"), (1_000, 2_000, "b")], [(900, 1_100, "A")])[1] == "A")
    #expect(
      pair([(0, 1_000, "a"), (1_800, 2_800, "b")], [(900, 1_900, "A")]) == [1: "A"])
  }

  @Test func touchingIsNotOverlapping() {
    #expect(pair([(0, 1_000, "a")], [(1_000, 2_000, "A")]).isEmpty)
    #expect(pair([], [(0, 1_000, "A")]).isEmpty)
    #expect(pair([(0, 1_000, "a")], []).isEmpty)
  }

  @Test func aCueThatLastsForEverHidesNothing() {
    var source: [(Int64, Int64, String)] = [(0, 10_000_000, "watermark")]
    var target: [(Int64, Int64, String)] = []
    for index in 0..<200 as Range<Int64> {
      source.append((index * 10_000 + 1, index * 10_000 + 2_001, "s\(index)"))
      target.append((index * 10_000 + 101, index * 10_000 + 2_101, "t\(index)"))
    }
    let texts = pair(source, target)
    for index in 0..<200 { #expect(texts[index + 2] == "t\(index)") }
  }

  @Test func agreesWithThePlainDefinition() {
    var random = SplitMix(state: 7)
    for _ in 0..<200 {
      let source = transcript(randomCues(&random))
      let target = transcript(randomCues(&random))
      #expect(
        TranscriptPairing.translations(of: source, from: target)
          == plainTranslations(of: source, from: target))
    }
  }

  private func randomCues(_ random: inout SplitMix) -> [(Int64, Int64, String)] {
    (0..<Int.random(in: 0...12, using: &random)).map { index in
      let start = Int64.random(in: 0...40, using: &random)
      return (start, start + .random(in: 1...15, using: &random), "\(index)")
    }
  }

  private func plainTranslations(of source: Transcript, from target: Transcript) -> [Int: String] {
    var texts: [Int: [String]] = [:]
    for cue in target.cues {
      let overlaps = source.cues.map {
        min($0.end, cue.end).milliseconds - max($0.start, cue.start).milliseconds
      }
      guard let most = overlaps.max(), most > 0 else { continue }
      let best = overlaps.firstIndex(of: most)
      for (position, overlap) in overlaps.enumerated() where overlap > 0 {
        let other = source.cues[position]
        let shorter = min(
          (other.end - other.start).milliseconds, (cue.end - cue.start).milliseconds)
        if position == best || overlap * 10 >= shorter * 4 {
          texts[position + 1, default: []].append(cue.text)
        }
      }
    }
    return texts.mapValues { $0.joined(separator: "\n") }
  }
}
