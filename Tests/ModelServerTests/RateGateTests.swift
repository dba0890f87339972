import Expressions
import ModelServer
import Testing

@Suite("The gate of requests a minute")
struct RateGateTests {
  private let start = ContinuousClock.now

  @Test("Any window of a minute has room for so many requests")
  func slides() {
    let gate = RateGate(requests: 3)
    #expect(gate.admit(at: start) == nil)
    #expect(gate.admit(at: start + .seconds(20)) == nil)
    #expect(gate.admit(at: start + .seconds(40)) == nil)
    #expect(gate.admit(at: start + .seconds(50)) == .seconds(10))
    #expect(gate.admit(at: start + .seconds(60)) == nil)
    #expect(gate.admit(at: start + .seconds(61)) == .seconds(19))
    #expect(gate.counts == .init(admitted: 4, refused: 2))
    #expect(gate.counts(after: gate.window) == .init(admitted: 1, refused: 1))
    #expect(gate.counts(after: gate.window).refusedShare == 0.5)
  }

  @Test("Refused requests take no room, and a client that waits as told is let through")
  func refusals() throws {
    let gate = RateGate(requests: 1, timeScale: 0.1)
    #expect(gate.window == .seconds(6))
    #expect(gate.admit(at: start) == nil)
    for offset in 1...5 {
      let now = start + .seconds(offset)
      #expect(gate.admit(at: now) == .seconds(6 - offset))
    }
    let wait = try #require(gate.admit(at: start + .milliseconds(5_500)))
    #expect(gate.admit(at: start + .milliseconds(5_500) + wait) == nil)
    #expect(RateGate(requests: 1).counts.refusedShare == 0)
  }

  @Test(
    "Beyond the gate each vendor gets its own refusal, with the wait only where it is to be told",
    arguments: Vendor.allCases)
  func model(_ vendor: Vendor) throws {
    let request = Samples.request(vendor)
    let model = PlausibleModel(latency: .seconds(9), gate: RateGate(requests: 1))
    #expect(model.reply(to: request).status == 200)
    #expect(model.reply(to: request).delay == .zero)
    let refusal = model.reply(to: request)
    #expect(refusal.status == 429)
    #expect(model.gate?.counts == .init(admitted: 1, refused: 2))
    let json = try #require(refusal.json)
    switch vendor {
    case .gemini:
      let delay = json["error"]?["details"]?.array?.last?["retryDelay"]?.string
      #expect(delay == "60.001s")
    case .openai: #expect(refusal.headers["retry-after-ms"] == "60001")
    case .ollama, .anthropic: #expect(refusal.headers["retry-after"] == "61")
    }

    var silent = model
    silent.saysWait = false
    let words = silent.reply(to: request)
    #expect(words.status == 429)
    #expect(words.headers["retry-after"] == nil && words.headers["retry-after-ms"] == nil)
  }
}
