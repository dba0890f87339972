import Library
import SystemPackage
import Testing

@Suite struct SettleTrackerTests {
  private let start = ContinuousClock.now
  private let path: FilePath = "/tv/x.mkv"

  private func at(_ seconds: Int) -> ContinuousClock.Instant {
    start.advanced(by: .seconds(seconds))
  }

  private func file(_ size: Int64, modified: Int64 = 1, inode: UInt64 = 1) -> ObservedFile {
    ObservedFile(path: path, sizeBytes: size, modified: modified, device: 1, inode: inode)
  }

  private func tracker() -> SettleTracker {
    var tracker = SettleTracker(settle: .seconds(10))
    tracker.note(path, now: start)
    return tracker
  }

  @Test func twoEqualLooksSettleIt() {
    var tracker = tracker()
    #expect(tracker.due(now: start) == [path])
    #expect(tracker.look(at: path, saw: file(5), now: start) == .waiting)
    #expect(tracker.nextLook == at(10))
    #expect(tracker.due(now: at(9)).isEmpty)
    #expect(tracker.due(now: at(10)) == [path])
    #expect(tracker.look(at: path, saw: file(5), now: at(10)) == .settled)
    tracker.remove(path)
    #expect(tracker.nextLook == nil)
  }

  @Test(arguments: [(Int64(6), Int64(1)), (5, 2)])
  func aChangeBeginsAnew(_ size: Int64, _ modified: Int64) {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: file(5), now: start) == .waiting)
    #expect(tracker.look(at: path, saw: file(size, modified: modified), now: at(10)) == .waiting)
    #expect(tracker.look(at: path, saw: file(size, modified: modified), now: at(19)) == .waiting)
    #expect(tracker.look(at: path, saw: file(size, modified: modified), now: at(20)) == .settled)
  }

  @Test func anotherInodeIsNoChange() {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: file(5, inode: 1), now: start) == .waiting)
    #expect(tracker.look(at: path, saw: file(5, inode: 2), now: at(10)) == .settled)
  }

  @Test func aLookThatIsLateStillSettles() {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: file(5), now: start) == .waiting)
    #expect(tracker.look(at: path, saw: file(5), now: at(4_000)) == .settled)
  }

  @Test func anEmptyFileWaitsLonger() {
    var tracker = tracker()
    for second in stride(from: 0, to: 60, by: 10) {
      #expect(tracker.due(now: at(second)) == [path])
      #expect(tracker.look(at: path, saw: file(0), now: at(second)) == .waiting)
    }
    #expect(tracker.look(at: path, saw: file(0), now: at(60)) == .settled)
  }

  @Test func anEmptyFileThatGrowsIsLikeAnyOther() {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: file(0), now: start) == .waiting)
    #expect(tracker.look(at: path, saw: file(9), now: at(10)) == .waiting)
    #expect(tracker.look(at: path, saw: file(9), now: at(20)) == .settled)
  }

  @Test func whatIsGoneIsForgotten() {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: nil, now: start) == .gone)
    #expect(tracker.count == 0)
    #expect(tracker.nextLook == nil)
    #expect(tracker.look(at: path, saw: file(1), now: start) == .gone)
  }

  @Test func notingAgainDoesNotDelay() {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: file(5), now: start) == .waiting)
    tracker.note(path, now: at(5))
    #expect(tracker.due(now: at(5)).isEmpty)
    #expect(tracker.look(at: path, saw: file(5), now: at(10)) == .settled)
  }

  @Test func whatIsPostponedIsSettledAtOnceUnlessItChanged() {
    var tracker = tracker()
    #expect(tracker.look(at: path, saw: file(5), now: start) == .waiting)
    #expect(tracker.look(at: path, saw: file(5), now: at(10)) == .settled)
    tracker.postpone(path, until: at(11))
    #expect(tracker.due(now: at(10)).isEmpty)
    #expect(tracker.due(now: at(11)) == [path])
    #expect(tracker.look(at: path, saw: file(5), now: at(11)) == .settled)
    tracker.postpone(path, until: at(12))
    #expect(tracker.look(at: path, saw: file(6), now: at(12)) == .waiting)
  }

  @Test func aLimitLeavesTheRestDue() {
    var tracker = SettleTracker(settle: .seconds(10))
    for number in 0..<5 { tracker.note(FilePath("/tv/\(number).mkv"), now: start) }
    var seen: Set<FilePath> = []
    for _ in 0..<3 {
      for path in tracker.due(now: start, limit: 2) {
        seen.insert(path)
        #expect(tracker.look(at: path, saw: file(5), now: start) == .waiting)
      }
    }
    #expect(seen.count == 5)
    #expect(tracker.nextLook == at(10))
  }
}
