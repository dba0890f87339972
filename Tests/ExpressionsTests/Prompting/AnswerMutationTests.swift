import Expressions
import Foundation
import Subtitles
import Testing

struct AnswerMutationTests {
  /// Damaged forms of a good answer with one context, and of one with three.
  static func damaged(_ count: Int) throws -> [JSONValue] {
    let one = try workedExample(koreanForEnglish).answer
    let context = try #require(one["contexts"]?.array?.first)
    let three: JSONValue = ["contexts": [context, context, context]]
    var mutation = AnswerMutation(seed: 20)
    return (0..<count).map { mutation.mutated($0.isMultiple(of: 3) ? one : three) }
  }

  @Test func damagedAnswersGiveUsableCandidatesOrAShapeError() throws {
    let example = try workedExample(koreanForEnglish)
    let reader = AnswerReader(batch: example.batch, request: koreanForEnglish)
    let schema = AnswerSchema(for: koreanForEnglish)
    let numbers = Set(example.batch.cues.map(\.number))
    var (read, perfect, refused, dropped) = (0, 0, 0, 0)
    for value in try Self.damaged(2_000) {
      let problems = schema.problems(in: value)
      #expect(problems.count <= AnswerSchema.problemLimit)
      perfect += problems.isEmpty ? 1 : 0
      do throws(AnswerShapeError) {
        let answer = try reader.read(value)
        read += 1
        dropped += answer.rejected.values.reduce(0, +)
        #expect(answer.rejected.values.allSatisfy { $0 > 0 })
        #expect(numbers.isSuperset(of: answer.translations.keys))
        for candidate in answer.candidates { expectUsable(candidate, numbers) }
      } catch {
        refused += 1
        #expect(!problems.isEmpty)
        #expect(error.description.utf8.count < 1_000)
      }
    }
    // The damage is neither nothing nor everything.
    #expect(read > 500 && refused > 50 && dropped > 500 && perfect > 20)
  }

  private func expectUsable(_ candidate: Candidate, _ numbers: Set<Int>) {
    #expect(!candidate.phrase.isEmpty && candidate.phrase.unicodeScalars.count <= 120)
    #expect(!candidate.dictionaryForm.isEmpty && !candidate.meaning.isEmpty)
    #expect(!candidate.cueNumbers.isEmpty && numbers.isSuperset(of: candidate.cueNumbers))
    #expect(candidate.cueNumbers == candidate.cueNumbers.sorted())
    #expect((0...1).contains(candidate.usefulness))
    if let context = candidate.contextCueNumbers {
      #expect(candidate.cueNumbers.allSatisfy(context.contains))
      #expect(numbers.isSuperset(of: context))
    }
    let texts = [candidate.phrase, candidate.meaning] + (candidate.details?.similar ?? [])
    for scalar in texts.joined().unicodeScalars {
      #expect(scalar.value >= 0x20 && !(0x200B...0x202E).contains(scalar.value))
    }
  }

  /// The schema means to others what it means to us.
  @Test(.enabled(if: PythonValidator.isInstalled, "python3 has no module jsonschema"))
  func anotherValidatorJudgesLikeUs() throws {
    let values =
      try Self.damaged(600) + [
        workedExample(koreanForEnglish).answer, workedExample(englishForKoreans).answer,
        ["contexts": []],
      ]
    for request in AnswerSchemaTests.requests {
      let schema = AnswerSchema(for: request)
      let ours = values.map { schema.problems(in: $0).isEmpty }
      let theirs = try PythonValidator.judge(values, by: schema.schema(.jsonSchema))
      #expect(ours.count == theirs.count)
      for (value, (our, their)) in zip(values, zip(ours, theirs)) where our != their {
        Issue.record("we say \(our), jsonschema says \(their) of \(try text(value))")
      }
    }
    let strict = try PythonValidator.judge(
      [workedExample(koreanForEnglish).answer],
      by: AnswerSchema(for: koreanForEnglish).schema(.openAIStrict))
    #expect(strict == [true])
  }
}
