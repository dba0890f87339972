import Expressions
import Foundation
import Publishing
import Subtitles
import SystemPackage
import Testing

/// The way from what was chosen to a manifest, and back.
@Suite struct ManifestTakingTests {
  private let transcript = Transcript(
    language: "en",
    cues: [
      Cue(number: 1, start: .seconds(1), end: .seconds(2), text: "Well…"),
      Cue(
        number: 2, start: .seconds(2.5), end: .seconds(4), text: "🎬 Naïve? They figured it out!",
        speaker: "Ann"),
      Cue(number: 3, start: .seconds(5), end: .seconds(6), text: "Yes."),
    ])

  private func group() -> Group {
    let text = Array("🎬 Naïve? They figured it out!".utf8)
    func span(_ word: String) -> CueSpan {
      let bytes = Array(word.utf8)
      let start = text.indices.first { text[$0...].starts(with: bytes) } ?? 0
      return CueSpan(cueNumber: 2, start: start, end: start + bytes.count)
    }
    var expression = Expression(
      candidate: Candidate(
        phrase: "figured it out", dictionaryForm: "figure out", cueNumbers: [2],
        partOfSpeech: "verb", meaning: "understand", examples: ["Figure it out."],
        usefulness: 0.75,
        details: ExpressionDetails(
          translation: "averiguar", register: .informal, level: .b1, similar: ["work out"])),
      spans: [span("figured"), span("out")], wasMended: true)
    expression.score = Score(
      usefulness: 0.75, levelFit: 1, rarity: 0.5, spread: 0.25, novelty: 1)
    var other = expression
    other.details = nil
    other.score = nil
    return Group(
      context: Context(firstCue: 1, lastCue: 3), start: .seconds(0.5), end: .seconds(6.5),
      expressions: [expression], alsoHere: [other])
  }

  private func manifest(_ result: Manifest.ClipResult) -> Manifest {
    let answer = Answer(
      candidates: [
        Candidate(
          phrase: "figured it out", dictionaryForm: "figure out", cueNumbers: [2],
          contextCueNumbers: 1...3, partOfSpeech: "verb", meaning: "understand", usefulness: 0.7,
          details: ExpressionDetails(literalMeaning: "calcular", usageNote: "said often"))
      ], translations: [2: "¿Ingenuo? ¡Lo averiguaron!"], rejected: ["not_an_object": 2])
    return Manifest(
      extractor: .init(name: "openai", version: "m"), generator: .init(name: "l", version: "1"),
      madeAt: "2026-01-10T02:00:30Z",
      episode: .init(
        name: "e", file: "e.mkv", fingerprint: "1-ab", sizeBytes: 1, durationS: 9, subtitles: []),
      languages: .init(source: "en", target: "es"), groups: [group()], transcript: transcript,
      translations: [:], clips: [1: result],
      former: [
        1: Manifest.Clip(
          file: "01.mp4", container: "mp4", durationS: 6, sizeBytes: 5, sourceStartS: 0.5,
          leadInS: 0, method: "copy", methodReason: nil, subtitles: [], captions: [])
      ], dropped: [:], failedBatches: 0, decidedThroughCue: 3,
      batches: [
        .init(
          number: 1, firstCue: 1, lastCue: 3, leadInCues: 0, state: "answered", reason: nil,
          contentKey: "k", shift: 4,
          answer: .init(
            extractor: "openai m", model: "m-1", inputTokens: 10, outputTokens: 5, costUsd: 0.25,
            createdAt: 7.5, content: answer))
      ])
  }

  /// Written and read as it lies beside an episode.
  private func written(_ manifest: Manifest) throws -> Manifest {
    let shelf = try TestShelf()
    let folder = ClipFolder(at: shelf.root)
    try shelf.file("expressions.json", ManifestCoding.encode(manifest))
    return try #require(folder.manifest)
  }

  @Test func nothingIsLostOnTheWay() throws {
    let read = try written(manifest(.hidden))
    #expect(read == manifest(.hidden))
    #expect(read.groups[0].group(in: transcript) == group())
    #expect(read.groups[0].formerClip?.file == "01.mp4")
    #expect(read.batches?[0].answer?.content.translations == [2: "¿Ingenuo? ¡Lo averiguaron!"])
    // A clip that is there is told once.
    #expect(manifest(.pending).groups[0].formerClip == nil)
  }

  @Test func otherLinesAreNotTakenForTheSame() throws {
    var others = transcript.cues
    others[2].text = "No."
    let entry = manifest(.hidden).groups[0]
    #expect(entry.group(in: Transcript(language: "en", cues: others)) == nil)
    #expect(entry.group(in: Transcript(language: "en", cues: Array(others[..<2]))) == nil)
    var edited = entry
    edited.expressions[0].spans[0].end = 4_000
    #expect(edited.group(in: transcript) == nil)
    edited = entry
    edited.context.lastCue = .max
    #expect(edited.group(in: transcript) == nil)
  }
}
