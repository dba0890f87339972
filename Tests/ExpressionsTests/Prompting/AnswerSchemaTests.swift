import Expressions
import Foundation
import Subtitles
import Testing

struct AnswerSchemaTests {
  static let requests = [english, englishForKoreans, koreanForEnglish]

  @Test(arguments: [
    (AnswerSchema.Dialect.jsonSchema, "json-schema"), (.openAIStrict, "openai-strict"),
    (.gemini, "gemini"),
  ])
  func dialects(dialect: AnswerSchema.Dialect, name: String) throws {
    let full = AnswerSchema(for: koreanForEnglish).schema(dialect)
    try expectGolden(text(full, pretty: true) + "\n", "schema-\(name).json")
    let plain = AnswerSchema(for: english).schema(dialect)
    try expectGolden(text(plain, pretty: true) + "\n", "schema-\(name)-without-target.json")
  }

  /// The prompt's example is the best description of an answer, so it must be a perfect one.
  @Test(arguments: requests)
  func theWorkedExampleIsAPerfectAnswer(request: ExtractionRequest) throws {
    let example = try workedExample(request)
    #expect(AnswerSchema(for: request).problems(in: example.answer) == [])
    let answer = try AnswerReader(batch: example.batch, request: request).read(example.answer)
    let candidate = try #require(answer.candidates.first)
    #expect(answer.candidates.count == 1)
    #expect(answer.rejected.isEmpty)
    #expect(candidate.cueNumbers == [8, 9])
    #expect(candidate.contextCueNumbers == 7...9)
    #expect(candidate.details?.register == .informal)
    #expect(candidate.details?.similar.count == 2)
    #expect((candidate.details?.translation != nil) == (request.targetLanguage != nil))
    #expect(answer.translations.keys.sorted() == (request.translatesCues ? [7, 8, 9] : []))
    // Numbered from 7, so the transcript starts with 6 others.
    let before = batch(Array(repeating: "Hm.", count: 6), first: 1).cues
    let transcript = Transcript(language: "en", cues: before + example.batch.cues)
    let expression = try Grounding(transcript: transcript).ground(candidate).get()
    #expect(!expression.wasMended)
  }

  @Test func theWorkedExampleShowsKeysInTheOrderOfTheSchema() throws {
    let system = Prompt.builtIn.messages(for: batch(["Hi."]), request: koreanForEnglish).system
    let line = try #require(system.split(separator: "\n").last { $0.hasPrefix("{\"contexts\"") })
    let places = ["cues", "dictionary_form", "expression", "level", "literal_meaning", "meaning"]
      .compactMap { line.range(of: "\"\($0)\":")?.lowerBound }
    #expect(places.count == 6)
    #expect(places == places.sorted())
  }

  @Test func problemsSayWhereAndWhat() throws {
    let schema = AnswerSchema(for: english)
    #expect(schema.problems(in: ["contexts": []]) == [])
    #expect(schema.problems(in: "no") == ["the answer is a text, not an object"])
    var example = try workedExample(english).answer
    example[at: "contexts", 0][at: "first_cue"] = .number(7.5)
    example[at: "contexts", 0][at: "last_cue"] = 0
    example[at: "contexts", 0][at: "mood"] = "grim"
    example[at: "contexts", 0][at: "expressions", 0][at: "level"] = "b2"
    example[at: "contexts", 0][at: "expressions", 0][at: "cues"] = []
    example[at: "contexts", 0][at: "expressions", 0][at: "register"] = nil
    example[at: "contexts", 0][at: "expressions", 0][at: "usage_note"] =
      .string(String(repeating: "x", count: 301))
    example[at: "contexts", 0][at: "expressions", 0][at: "similar"] = ["a", "b", "c", 4]
    #expect(
      schema.problems(in: example) == [
        "contexts[0].expressions[0].cues has fewer than 1 items",
        "contexts[0].expressions[0].level is none of A1, A2, B1, B2, C1, C2",
        "contexts[0].expressions[0].register is missing",
        "contexts[0].expressions[0].similar has more than 3 items",
        "contexts[0].expressions[0].similar[3] is a number, not a text",
        "contexts[0].expressions[0].usage_note is longer than 300 characters",
        "contexts[0].first_cue is not a whole number from 1 on",
        "contexts[0].last_cue is not a whole number from 1 on",
        "contexts[0] has a key too many: \"mood\"",
      ])
    let many = JSONValue.object(["contexts": .array(Array(repeating: 1, count: 500))])
    #expect(schema.problems(in: many).count == AnswerSchema.problemLimit)
  }
}

/// The example in the prompt's system text: its dialogue as a batch, and its answer.
func workedExample(_ request: ExtractionRequest) throws -> (batch: Batch, answer: JSONValue) {
  let system = Prompt.builtIn.messages(for: batch(["Hi."]), request: request).system
  let lines = system.components(separatedBy: "\n")
  let begin = try #require(lines.lastIndex(of: "<dialogue>"))
  let end = try #require(lines.lastIndex(of: "</dialogue>"))
  let spoken = try lines[(begin + 1)..<end].map { line in
    let cue = try #require(line.wholeMatch(of: /\[(\d+)\] (?:(\p{Lu}+): )?(.+)/))
    return (number: Int(cue.1), text: String(cue.3))
  }
  let first = try #require(spoken.first?.number)
  #expect(spoken.map(\.number) == (0..<spoken.count).map { first + $0 })
  let answer = try #require(lines[end...].first { $0.hasPrefix("{\"contexts\"") })
  return (batch(spoken.map(\.text), first: first), try json(answer))
}
