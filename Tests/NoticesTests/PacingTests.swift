import Notices
import Testing

@Suite struct PacingTests {
  @Test func gatheringWaitsForQuietButNotForEver() {
    let gathering = Gathering(quiet: 60)
    #expect(gathering.due(first: 100, last: 100, moreIsComing: false) == 160)
    #expect(gathering.due(first: 100, last: 500, moreIsComing: false) == 560)
    #expect(gathering.due(first: 100, last: 500, moreIsComing: true) == 3_700)
    #expect(gathering.due(first: 100, last: 3_690, moreIsComing: false) == 3_700)
    #expect(Gathering(quiet: 0).due(first: 100, last: 100, moreIsComing: true) == 100)
  }

  @Test func anOutageIsOneWordAndItsTriesGrowApart() {
    var outage = Outage()
    var now = 0.0
    var waits: [Double] = []
    for number in 1...12 {
      let isFirst = outage.failed(at: now, asked: nil)
      #expect(isFirst == (number == 1))
      waits.append(outage.until - now)
      now = outage.until
    }
    #expect(waits == [10, 30, 90, 270, 810] + Array(repeating: 1_800, count: 7))
    let ends = (outage.succeeded(), outage.succeeded())
    #expect(ends == (true, false))
    let isNew = outage.failed(at: now, asked: 100)
    #expect(isNew)
    #expect(outage.until == now + 100, "as long as the server asks")
    _ = outage.failed(at: now, asked: 1e9)
    #expect(outage.until == now + 3_600)
    outage.tryAgain()
    #expect(outage.until == 0 && outage.isOn)
  }

  @Test func standstillIsCountedFromTheLastMove() {
    var watch = StandstillWatch()
    var silence: Double
    silence = watch.look(moves: 0, isDue: true, now: 0)
    #expect(silence == 0)
    silence = watch.look(moves: 0, isDue: true, now: 50)
    #expect(silence == 50)
    silence = watch.look(moves: 1, isDue: true, now: 60)
    #expect(silence == 0)
    silence = watch.look(moves: 1, isDue: true, now: 90)
    #expect(silence == 30)
    silence = watch.look(moves: 1, isDue: false, now: 95)
    #expect(silence == 0, "paused")
    silence = watch.look(moves: 1, isDue: true, now: 200)
    #expect(silence == 0)
    silence = watch.look(moves: 1, isDue: true, now: 220)
    #expect(silence == 20)
  }
}
