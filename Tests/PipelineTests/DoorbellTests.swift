import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(5))) struct DoorbellTests {
  @Test func aRingBeforeTheWaitIsKeptOnce() async {
    let bell = Doorbell()
    bell.ring()
    bell.ring()
    await bell.wait(atMost: nil)
    let clock = ContinuousClock()
    let waited = await clock.measure { await bell.wait(atMost: .milliseconds(30)) }
    #expect(waited >= .milliseconds(30), "two rings are one")
  }

  @Test func aWaitThatEndedByItsLimitLeavesTheBellWhole() async {
    let bell = Doorbell()
    await bell.wait(atMost: .milliseconds(1))
    let waiter = Task { await bell.wait(atMost: nil) }
    bell.ring()
    await waiter.value
  }

  @Test func cancellationEndsTheWait() async {
    let bell = Doorbell()
    let waiter = Task { await bell.wait(atMost: nil) }
    waiter.cancel()
    await waiter.value
  }
}
