import LanguageModels
import Testing

@Suite("HTTP: the pace of a body")
struct BodyPaceTests {
  private let start = ContinuousClock.now

  private func after(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

  @Test("nothing is late before the body begins, and it stands still no longer than allowed")
  func stops() {
    var pace = BodyPace(lowestSpeed: 1, patience: .seconds(60))
    #expect(pace.deadline == nil)
    pace.received(1, at: start)
    #expect(pace.deadline == after(60))
    pace.received(1_000_000, at: after(50))
    #expect(pace.deadline == after(110))
  }

  @Test("the lowest speed is kept up for ever, half of it not")
  func drips() {
    var steady = BodyPace(lowestSpeed: 10, patience: .seconds(60))
    var slow = steady
    for second in 0...600 {
      steady.received(10, at: after(second))
      if second <= 100 { slow.received(5, at: after(second)) }
    }
    #expect(steady.deadline == after(660))
    #expect(slow.deadline == after(110))
  }

  @Test("a check that came late is not held against the server")
  func lateCheck() {
    var pace = BodyPace(lowestSpeed: 1, patience: .seconds(60))
    pace.received(1, at: start)
    pace.received(30, at: after(1_000))
    #expect(pace.deadline == after(1_030))
  }

  @Test("no lowest speed, no deadline")
  func off() {
    var pace = BodyPace(lowestSpeed: 0, patience: .seconds(60))
    pace.received(1, at: start)
    #expect(pace.deadline == nil)
  }
}
