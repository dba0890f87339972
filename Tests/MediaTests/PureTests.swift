import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

struct DecodingTimesTests {
  @Test func reorderedPicturesAreDecodedBeforeTheyAreShown() throws {
    let shown: [Int64] = [0, 160, 80, 40, 120, 320, 240, 200, 280]
    let decoded = try #require(DecodingTimes.make(presentation: shown))
    #expect(zip(decoded, decoded.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(decoded, shown).allSatisfy { $0 <= $1 })
    #expect(decoded == [-80, -40, 0, 40, 80, 120, 160, 200, 240])
  }

  @Test func picturesInOrderAreDecodedWhenShown() {
    #expect(DecodingTimes.make(presentation: [0, 33, 67, 100]) == [0, 33, 67, 100])
    #expect(DecodingTimes.make(presentation: [0]) == [0])
    #expect(DecodingTimes.make(presentation: []) == [])
  }

  @Test func contradictionsAreRefused() {
    #expect(DecodingTimes.make(presentation: [0, 40, 40]) == nil)
    #expect(DecodingTimes.make(presentation: [0] + (1...99).reversed().map { $0 }) == nil)
  }
}

struct TextSamplesTests {
  private func cue(
    _ start: Int64, _ end: Int64, _ text: String, marks: [Range<Int>] = []
  ) -> MarkedCue {
    MarkedCue(
      Cue(number: 1, start: .milliseconds(start), end: .milliseconds(end), text: text),
      marks: marks)
  }

  @Test func cuesAreShiftedAndClamped() {
    let cues = [
      cue(0, 900, "before"), cue(500, 1_500, "in"), cue(2_900, 4_000, "out"),
      cue(3_000, 4_000, "after"),
    ]
    let kept = TextSamples.cues(cues, from: .seconds(1), length: .seconds(2))
    #expect(kept.map(\.cue.text) == ["in", "out"])
    #expect(kept.map(\.cue.start) == [.zero, .milliseconds(1_900)])
    #expect(kept.map(\.cue.end) == [.milliseconds(500), .seconds(2)])
  }

  @Test func overlapsShareASampleAndGapsAreEmpty() {
    let samples = TextSamples.contiguous(
      [cue(100, 500, "a"), cue(300, 700, "b"), cue(700, 800, "c")], length: .seconds(1))
    #expect(
      samples == [
        TextSample(start: 0, end: 100, text: ""), TextSample(start: 100, end: 300, text: "a"),
        TextSample(start: 300, end: 500, text: "a\nb"), TextSample(start: 500, end: 700, text: "b"),
        TextSample(start: 700, end: 800, text: "c"), TextSample(start: 800, end: 1_000, text: ""),
      ])
  }
}

struct MarkedSamplesTests {
  @Test func marksMoveWithTheirText() {
    let cues = [(0, 500, "caf\u{E9}", [1..<4]), (200, 500, "one two", [4..<7])].map {
      start, end, text, marks in
      MarkedCue(
        Cue(number: 1, start: .milliseconds(start), end: .milliseconds(end), text: text),
        marks: marks)
    }
    #expect(
      TextSamples.contiguous(cues, length: .milliseconds(500)) == [
        TextSample(start: 0, end: 200, text: "caf\u{E9}", marks: [1..<5]),
        TextSample(start: 200, end: 500, text: "caf\u{E9}\none two", marks: [1..<5, 10..<13]),
      ])
  }

  @Test func theSameTextMarkedOtherwiseIsAnotherSample() {
    let cues = [[0..<1], [1..<2], [1..<2]].enumerated().map { index, marks in
      MarkedCue(
        Cue(
          number: index + 1, start: .milliseconds(Int64(index) * 100),
          end: .milliseconds(Int64(index) * 100 + 100), text: "ab"), marks: marks)
    }
    #expect(
      TextSamples.contiguous(cues, length: .milliseconds(300)) == [
        TextSample(start: 0, end: 100, text: "ab", marks: [0..<1]),
        TextSample(start: 100, end: 300, text: "ab", marks: [1..<2]),
      ])
  }
}

struct LanguageCodeTests {
  @Test(arguments: [
    ("en", "eng"), ("de", "deu"), ("ger", "deu"), ("pt-BR", "por"), ("ko", "kor"), ("und", "und"),
    ("no", "nor"), ("zh-Hans", "zho"), ("haw", "haw"), ("", "und"), ("x", "und"), ("mul", "mul"),
  ])
  func threeLetters(tag: String, code: String) {
    #expect(LanguageCode.threeLetters(tag) == code)
  }
}

struct MessageTests {
  @Test func anOrderKeepsItsPathsBytes() throws {
    let bytes: [CChar] = [0x2F, -1, 0x0A, -61, 0x28, 0]
    let path = bytes.withUnsafeBufferPointer { FilePath(platformString: $0.baseAddress!) }
    let order = CutOrder(
      source: path, leadInMaximum: .seconds(5), pad: .zero,
      clips: [
        ClipOrder(id: "1", folder: path, stem: "a", start: .zero, end: .seconds(1), title: "t")
      ])
    let copy = try JSONDecoder().decode(CutOrder.self, from: JSONEncoder().encode(order))
    #expect(copy.source == path && copy.clips.first?.folder == path)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(PathBytes.self, from: Data("\"YQBi\"".utf8))
    }
  }

  @Test func aTrimmedOrderKeepsTheCuesThatMayBeSeen() {
    let cues = (0..<1_000).map { number in
      Cue(
        number: number, start: .seconds(Double(number)), end: .seconds(Double(number) + 0.9),
        text: "x")
    }
    let order = CutOrder(
      source: "/a", leadInMaximum: .seconds(5), pad: .milliseconds(300),
      clips: [
        ClipOrder(
          id: "1", folder: "/", stem: "a", start: .seconds(500), end: .seconds(510), title: "t",
          subtitles: [ClipSubtitles(language: "en", title: "", isDefault: true, cues: cues)])
      ])
    let kept = order.trimmed.clips[0].subtitles[0].cues.map(\.cue.number)
    #expect(kept.count < 50)
    #expect(Set(494...511).isSubset(of: kept))
  }
}
