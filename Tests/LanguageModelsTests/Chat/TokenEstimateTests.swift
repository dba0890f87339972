import Expressions
import ModelServer
import Testing

@testable import LanguageModels

@Suite("Chat: estimates")
struct TokenEstimateTests {
  @Test("more text is more tokens, and the least is less than the estimate")
  func monotonic() {
    let text = "You look tired. 밤샜어? Rough night? 完全に. ".repeated(40)
    var last = (estimate: 0, least: 0)
    for length in stride(from: 0, through: text.count, by: 7) {
      let part = String(text.prefix(length))
      let now = (estimate: TokenEstimate.tokens(in: part), least: TokenEstimate.least(in: part))
      #expect(now.estimate >= last.estimate && now.least >= last.least)
      #expect(now.least <= now.estimate)
      last = now
    }
    #expect(last.least > 100)
  }

  @Test("Korean takes about a token a character, English one for three or four")
  func scripts() {
    #expect(TokenEstimate.tokens(in: "밤새웠어요?") == 6)
    #expect(TokenEstimate.tokens(in: String(repeating: "a", count: 349)) == 100)
    #expect(TokenEstimate.tokens(in: "") == 0)
  }

  @Test("an answer has room for three times its estimate, within bounds")
  func room() {
    let outputs = [0, 341, 342, 1_000, 10_922, 20_000, 1_000_000]
    #expect(
      outputs.map { TokenEstimate.most(for: TokenUsage(input: 0, output: $0)) }
        == [1_024, 1_024, 1_026, 3_000, 32_766, 32_768, 32_768])
    #expect(
      TokenEstimate.output(cues: 60, translates: true)
        > TokenEstimate.output(cues: 60, translates: false))
  }

  @Test("a batch's estimate grows with it and counts its whole prompt")
  func batches() throws {
    let extractor = ChatSupport.extractor(try ChatSupport.settings(.openai, at: "http://x"))
    let small = extractor.estimate(of: ChatSupport.batch(cues: 5), for: ChatSupport.request)
    let big = extractor.estimate(of: ChatSupport.batch(cues: 50), for: ChatSupport.request)
    #expect(small.input > 500 && big.input > small.input + 45 * 8)
    #expect(big.output > small.output)
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
