import Control
import Expressions
import Settings
import Testing

@testable import Pipeline

struct EpisodeForecastTests {
  private let price = TokenPrice(inputUSD: 1, outputUSD: 10)

  @Test func aBatchThatIsSureCountsAtBothEnds() {
    var forecast = EpisodeForecast()
    for _ in 0..<3 { forecast.ask(TokenUsage(input: 1_000, output: 500), price: price) }
    #expect(forecast.requests == .init(3, 3))
    #expect(forecast.inputTokens.least < 3_000 && forecast.inputTokens.most > 3_000)
    #expect(forecast.outputTokens.least < 1_500 && forecast.outputTokens.most > 1_500)
    #expect(forecast.costUSD.least < 0.018 && forecast.costUSD.most > 0.018)
  }

  @Test func guessedLinesWidenTheRange() {
    var forecast = EpisodeForecast()
    forecast.ask(TokenUsage(input: 100, output: 10), price: price, atMost: false)
    for _ in 0..<4 {
      forecast.ask(TokenUsage(input: 100, output: 10), price: price, atLeast: false)
    }
    #expect(forecast.requests == .init(1, 4))
  }

  @Test func clipsAreNoLargerThanTheirEpisodeTwice() {
    var forecast = EpisodeForecast()
    let (selection, clip) = (SelectionSettings(), ClipSettings())
    forecast.cut(most: 200, ofBytes: 1_000_000, seconds: 60, selection: selection, clip: clip)
    #expect(forecast.clipBytes.most == 2_000_000)
    #expect(forecast.clips == .init(60, 200))
    forecast.cut(most: 12, ofBytes: 1_000_000, seconds: 0, selection: selection, clip: clip)
    #expect(forecast.clips == .init(3, 12))
  }
}
