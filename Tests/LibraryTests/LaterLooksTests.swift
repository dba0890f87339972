import Library
import SystemPackage
import Testing

/// What is looked at again after it settled or was taken, by a clock of the tests' own.
@Suite struct LaterLooksTests {
  private let start = ContinuousClock.now
  private let path: FilePath = "/tv/x.mkv"

  private func at(_ seconds: Int) -> ContinuousClock.Instant {
    start.advanced(by: .seconds(seconds))
  }

  private func file(_ size: Int64, modified: Int64 = 1) -> ObservedFile {
    ObservedFile(path: path, sizeBytes: size, modified: modified, device: 1, inode: 1)
  }

  @Test func takenFilesAreLookedAtLessAndLessOften() {
    var looks = LaterLooks(settle: .seconds(10))
    looks.took(file(5), now: start)
    var moments: [Int] = []
    while let due = looks.nextDue {
      moments.append(Int((due - start).components.seconds))
      #expect(looks.due(now: due - .seconds(1), limit: 9).isEmpty)
      #expect(looks.due(now: due, limit: 9) == [path])
      #expect(looks.saw(file(5), at: path, now: due) == false)
    }
    #expect(moments == [20, 60, 140, 300, 620, 1_260, 2_540])
    #expect(looks.count == 0)
  }

  @Test(arguments: [(Int64(6), Int64(1)), (5, 2)])
  func aChangeIsToldOnce(_ size: Int64, _ modified: Int64) {
    var looks = LaterLooks(settle: .seconds(10))
    looks.took(file(5), now: start)
    #expect(looks.due(now: at(20), limit: 9) == [path])
    #expect(looks.saw(file(size, modified: modified), at: path, now: at(20)) == true)
    #expect(looks.count == 0 && looks.nextDue == nil)
  }

  @Test func whatIsGoneIsForgotten() {
    var looks = LaterLooks(settle: .seconds(10))
    looks.took(file(5), now: start)
    #expect(looks.saw(nil, at: path, now: at(20)) == false)
    #expect(looks.count == 0)
  }

  @Test func aLimitLeavesTheRestDue() {
    var looks = LaterLooks(settle: .seconds(10))
    let paths = (0..<5).map { FilePath("/tv/\($0).mkv") }
    for path in paths {
      looks.took(ObservedFile(path: path, sizeBytes: 1, modified: 1), now: start)
    }
    var seen: Set<FilePath> = []
    for _ in 0..<3 {
      for path in looks.due(now: at(20), limit: 2) {
        seen.insert(path)
        _ = looks.saw(ObservedFile(path: path, sizeBytes: 1, modified: 1), at: path, now: at(20))
      }
    }
    #expect(seen == Set(paths))
    #expect(looks.due(now: at(20), limit: 2).isEmpty)
    #expect(looks.nextDue == at(60))
  }

  @Test func filesWithHolesWaitLongerEachTimeUpToALimit() {
    var files = UnfinishedFiles(settle: .seconds(10))
    var now = start
    var waits: [Int] = []
    while let next = files.nextLook(at: file(5), now: now) {
      waits.append(Int((next - now).components.seconds))
      now = next
    }
    #expect(waits.prefix(8) == [10, 20, 40, 80, 160, 320, 640, 900])
    #expect(waits.allSatisfy { $0 <= 900 })
    #expect((21_600...22_600).contains(Int((now - start).components.seconds)))
    #expect(files.count == 0)
  }

  @Test func aFileThatGrowsIsLookedAtOftenAgain() throws {
    var files = UnfinishedFiles(settle: .seconds(10))
    _ = files.nextLook(at: file(5), now: start)
    _ = files.nextLook(at: file(5), now: at(10))
    #expect(files.nextLook(at: file(5, modified: 2), now: at(30)) == at(40))
    #expect(files.nextLook(at: file(5, modified: 3), now: at(21_605)) == at(21_615))
  }
}
