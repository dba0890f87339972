import Foundation
import Synchronization
import Testing

@testable import Dashboard

/// What needs a clock of its own, or a stop-watch.
@Suite struct KeyTests {
  private final class Clock: Sendable {
    let time = Mutex(1_000_000.0)
    var now: @Sendable () -> Double { { [self] in time.withLock { $0 } } }
    func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
  }

  @Test func aSessionEnds() {
    let clock = Clock()
    let keys = SessionKeys(token: "correct-horse", now: clock.now)
    let session = keys.make(isSignedIn: true)
    #expect(keys.session(ofCookie: session.cookie) == session)
    clock.pass(SessionKeys.lifetime - 2)
    #expect(keys.session(ofCookie: session.cookie) == session)
    clock.pass(3)
    #expect(keys.session(ofCookie: session.cookie) == nil)
  }

  @Test func sessionsOfNoTokenEndWithTheProgram() {
    let clock = Clock()
    let session = SessionKeys(token: nil, now: clock.now).make(isSignedIn: false)
    #expect(SessionKeys(token: nil, now: clock.now).session(ofCookie: session.cookie) == nil)
  }

  @Test func guessersWaitAndOthersDoNot() throws {
    let clock = Clock()
    let limit = SignInLimit(now: clock.now)
    for _ in 1...SignInLimit.failuresOfOne { limit.recordFailure("192.0.2.1") }
    #expect(limit.wait("192.0.2.1") == SignInLimit.pause)
    #expect(limit.wait("192.0.2.2") == nil)
    clock.pass(SignInLimit.pause - 1)
    #expect(limit.wait("192.0.2.1") == 1)
    clock.pass(2)
    #expect(limit.wait("192.0.2.1") == nil)
    // One household of IPv6 is one guesser.
    for host in 1...SignInLimit.failuresOfOne { limit.recordFailure("2001:db8:1:2::\(host)") }
    #expect(limit.wait("2001:db8:1:2::99") != nil)
    #expect(limit.wait("2001:db8:1:3::1") == nil)
  }

  @Test func manyGuessersTogetherWaitToo() {
    let clock = Clock()
    let limit = SignInLimit(now: clock.now)
    for number in 1...SignInLimit.failuresOfAll { limit.recordFailure("192.0.2.\(number)") }
    #expect(limit.wait("198.51.100.1") != nil)
    clock.pass(SignInLimit.pause + 1)
    #expect(limit.wait("198.51.100.1") == nil)
  }

  /// The time to refuse a token must not tell how much of it was right. Both kinds are timed by turns, so that whatever
  /// else the machine does is in both; the middle of many is compared, and one of three rounds has to be even.
  @Test func refusingTakesTheSameTime() {
    let token = String(repeating: "correct-horse-", count: 36)
    let policy = AccessPolicy(token: token, isLoopback: false)
    let near = String(token.dropLast()) + "!"
    let far = "!" + token.dropFirst()
    let clock = ContinuousClock()
    let rounds = (0..<3).map { _ in
      var times: (near: [Duration], far: [Duration]) = ([], [])
      for _ in 0..<2_000 {
        times.near.append(clock.measure { #expect(!policy.isToken(near)) })
        times.far.append(clock.measure { #expect(!policy.isToken(far)) })
      }
      let middle = [times.near, times.far].map { $0.sorted()[$0.count / 2] / .nanoseconds(1) }
      return middle[0] / middle[1]
    }
    #expect(rounds.contains { 0.9...1.1 ~= $0 }, "\(rounds)")
  }

  @Test func histogramsCountUpwards() {
    var histogram = Histogram(bounds: [1, 2.5])
    for value in [0.5, 1, 2, 9] { histogram.observe(value) }
    let metric = Metric(
      "x_seconds", .histogram, "X.", [.init(.histogram(histogram), [.init("provider", "p")])])
    #expect(
      PrometheusText.text([metric]) == """
        # HELP x_seconds X.
        # TYPE x_seconds histogram
        x_seconds_bucket{provider="p",le="1"} 2
        x_seconds_bucket{provider="p",le="2.5"} 3
        x_seconds_bucket{provider="p",le="+Inf"} 4
        x_seconds_sum{provider="p"} 12.5
        x_seconds_count{provider="p"} 4

        """)
  }

  @Test func addressesMirrorFolders() {
    #expect(
      MediaPath.url(of: "captions/a b.vtt", episode: 3, folder: "Pilot é")
        == "/media/3/clips/Pilot%20%C3%A9/captions/a%20b.vtt")
    #expect(MediaPath.url(of: "../../a#b.mp4", episode: 3, folder: "x") == "/media/3/a%23b.mp4")
    #expect(MediaPath.target(["a.mp4"]) == .file(.flat("a.mp4")))
    #expect(MediaPath.target(["clips", "index.html"]) == .page(folder: nil))
    #expect(MediaPath.target(["clips", "x", "index.html"]) == .page(folder: "x"))
    #expect(
      MediaPath.target(["clips", "x", "captions", "a.vtt"])
        == .file(.inside(folder: "x", name: "captions/a.vtt")))
    for other in [["x", "a.mp4"], ["clips", "a.mp4"], ["clips", "x", "a", "b", "c"]] {
      #expect(MediaPath.target(other) == nil)
    }
  }
}
