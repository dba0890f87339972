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

  private func pairs(
    _ source: [(Int64, Int64, String)], _ other: [(Int64, Int64, String)]
  ) -> [TranscriptPairing.Pair] {
    TranscriptPairing.pairs(of: transcript(source), with: transcript(other))
  }

  @Test func whatBelongsTogetherIsOnePair() {
    #expect(
      pairs(
        [(0, 2_000, "a"), (2_000, 4_000, "b"), (5_000, 6_000, "c"), (9_000, 9_500, "d")],
        [(0, 4_000, "AB"), (5_000, 5_500, "C1"), (5_500, 6_000, "C2"), (7_000, 8_000, "Z")])
        == [.init(source: [1, 2], other: [1]), .init(source: [3], other: [2, 3])])
    // A covers a and half of b, B the rest of b and c.
    #expect(
      pairs(
        [(0, 1_000, "a"), (1_000, 3_000, "b"), (3_000, 4_000, "c")],
        [(0, 2_000, "A"), (2_000, 4_000, "B")])
        == [.init(source: [1, 2, 3], other: [1, 2])])
    #expect(pairs([], [(0, 1_000, "A")]).isEmpty)
  }

  @Test func aSmallOverlapJoinsNoPairs() {
    #expect(
      pairs(
        [(0, 2_000, "a"), (2_000, 4_000, "b")], [(0, 2_300, "A"), (2_300, 4_000, "B")])
        == [.init(source: [1], other: [1]), .init(source: [2], other: [2])])
  }

  @Test func pairsAreTheTranslationsConnected() {
    var random = SplitMix(state: 3)
    for _ in 0..<200 {
      let source = transcript(randomCues(&random))
      let other = transcript(randomCues(&random))
      let pairs = TranscriptPairing.pairs(of: source, with: other)
      let sources = pairs.flatMap(\.source)
      let others = pairs.flatMap(\.other)
      #expect(Set(sources).count == sources.count && Set(others).count == others.count)
      #expect(pairs.allSatisfy { $0.source == $0.source.sorted() && $0.other == $0.other.sorted() })
      #expect(pairs.map { $0.source[0] } == pairs.map { $0.source[0] }.sorted())
      // The texts are the numbers, so each link can be read off the translations.
      var links = other.cues.map { _ in Set<Int>() }
      for (number, text) in TranscriptPairing.translations(
        of: source,
        from: Transcript(
          language: "und",
          cues: other.cues.map { cue in
            var cue = cue
            cue.text = String(cue.number)
            return cue
          }))
      {
        for part in text.split(separator: "\n") { links[(Int(part) ?? 0) - 1].insert(number) }
      }
      for (index, numbers) in links.enumerated() {
        let homes = pairs.filter { $0.other.contains(index + 1) }
        #expect(homes.count == (numbers.isEmpty ? 0 : 1))
        #expect(homes.allSatisfy { numbers.isSubset(of: $0.source) })
      }
      // Nothing in a pair can be taken apart.
      for pair in pairs {
        var reached: Set<Int> = [pair.source[0]]
        for _ in pair.source {
          for other in pair.other where !links[other - 1].isDisjoint(with: reached) {
            reached.formUnion(links[other - 1])
          }
        }
        #expect(reached == Set(pair.source))
      }
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
