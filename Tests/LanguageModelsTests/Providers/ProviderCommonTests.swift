import Expressions
import LanguageModels
import Settings
import Testing

/// What is the same for all four providers.
struct ProviderCommonTests {
  @Test(arguments: ProviderSettings.Kind.allCases)
  func answersWithUsageAndModel(_ kind: ProviderSettings.Kind) async throws {
    let reply = ProviderReplies.text(ProviderReplies.answer, from: kind)
    let answer = try await ProviderBench(kind, ProviderScript(reply)).answer()
    #expect(answer.answer.candidates.map(\.cueNumbers) == [[3]])
    #expect(answer.usage == TokenUsage(input: 120, output: 30))
    #expect(answer.model == "some-model-001")
    #expect(answer.rawText == ProviderReplies.answer)
  }

  @Test(
    arguments: ProviderSettings.Kind.allCases,
    [
      "```json\n\(ProviderReplies.answer)\n```",
      "Here you are: \(ProviderReplies.answer) I hope that helps!",
      "<think>Is it {\"contexts\": []}? No.</think>\n\(ProviderReplies.answer)",
    ])
  func findsTheJSON(_ kind: ProviderSettings.Kind, _ text: String) async throws {
    let script = ProviderScript(ProviderReplies.text(text, from: kind))
    let answer = try await ProviderBench(kind, script).answer()
    #expect(answer.answer.candidates.map(\.phrase) == ["call it a day"])
  }

  /// Bounded work and no overflow of the stack; the test's time limit is the runner's.
  @Test(
    arguments: ["{", "[", "[{", "{\"a\":", "\"", "```", "<think>", "\\"], [1_000_000])
  func hostileTextIsNoAnswer(_ piece: String, _ bytes: Int) async {
    let text = String(repeating: piece, count: bytes / piece.utf8.count)
    let reply = ProviderReplies.text(text, from: .openai)
    let failure = await ProviderBench.failure(.openai, reply)
    #expect(failure?.kind == .retry)
    #expect(failure?.usage == TokenUsage(input: 120, output: 30))
    #expect((failure?.reason.utf8.count ?? 0) < 2_000)
  }

  @Test(arguments: ProviderSettings.Kind.allCases, [301, 302, 307, 308])
  func redirectNamesTheHost(_ kind: ProviderSettings.Kind, _ status: Int) async {
    let failure = await ProviderBench.failure(
      kind, HTTPResponse(status, ["Location": "https://elsewhere.test/login?x=1"]))
    #expect(failure?.kind == .refused)
    #expect(failure?.reason.contains("elsewhere.test") == true)
    #expect(failure?.reason.contains("base_url") == true)
  }

  @Test(
    arguments: ProviderSettings.Kind.allCases,
    [
      (200, ExtractionFailure.Kind.refused), (404, .refused), (502, .retry),
      (503, .throttled(wait: nil)),
    ])
  func webPages(
    _ kind: ProviderSettings.Kind, _ outcome: (status: Int, kind: ExtractionFailure.Kind)
  ) async {
    let page = "<!DOCTYPE html>\n<HTML><head><title>Log in</title></head></HTML>"
    let failure = await ProviderBench.failure(
      kind, HTTPResponse(outcome.status, ["Content-Type": "text/html"], page))
    #expect(failure?.kind == outcome.kind)
  }

  static let failures: [(HTTPFailure.Kind, ExtractionFailure.Kind)] = [
    (.unreachable, .unreachable), (.untrusted, .refused), (.timedOut, .retry), (.dropped, .retry),
    (.tooLarge, .retry), (.invalid, .refused),
  ]

  @Test(arguments: failures)
  func failuresOfTheWay(_ kind: HTTPFailure.Kind, _ outcome: ExtractionFailure.Kind) async {
    let bench = ProviderBench(
      .openai, ProviderScript(HTTPFailure(kind: kind, message: "the way is closed")))
    let failure = await #expect(throws: ExtractionFailure.self) { try await bench.answer() }
    #expect(failure?.kind == outcome)
    #expect(failure?.reason.contains("the way is closed") == true)
  }

  @Test(arguments: ProviderSettings.Kind.allCases)
  func emptyAnswerToAShortBatchStands(_ kind: ProviderSettings.Kind) async throws {
    let script = ProviderScript(ProviderReplies.text(ProviderReplies.empty, from: kind))
    #expect(try await ProviderBench(kind, script).answer(cues: 11).answer.candidates.isEmpty)
    #expect(await script.requests.count == 1)
  }

  @Test(
    arguments: ProviderSettings.Kind.allCases, [ProviderReplies.answer, ProviderReplies.empty])
  func emptyAnswerToALongBatchIsAskedOnceMore(
    _ kind: ProviderSettings.Kind, _ second: String
  ) async throws {
    let bench = ProviderBench(
      kind,
      ProviderScript(
        ProviderReplies.text(ProviderReplies.empty, from: kind),
        ProviderReplies.text(second, from: kind)))
    let answer = try await bench.answer(cues: 12)
    #expect(answer.answer.candidates.isEmpty == (second == ProviderReplies.empty))
    #expect(answer.usage == TokenUsage(input: 240, output: 60))
    let requests = await bench.script.requests
    #expect(requests.count == 2 && requests[0].body != requests[1].body)
  }

  @Test func paidAnswerOutlivesAFailedSecondTry() async throws {
    let bench = ProviderBench(
      .openai,
      ProviderScript(
        ProviderReplies.text(ProviderReplies.empty, from: .openai), HTTPResponse(503)))
    let answer = try await bench.answer(cues: 12)
    #expect(answer.answer.candidates.isEmpty)
    #expect(answer.usage == TokenUsage(input: 120, output: 30))
  }
}
