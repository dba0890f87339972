import Store
import SystemPackage
import Testing

@testable import Pipeline

/// What is remembered of libraries with no room for clips.
@Suite struct WorkGateTests {
  private let gate = WorkGate(pause: WorkPause())

  private func fill(_ library: String) {
    gate.setFull(
      WorkGate.FullLibrary(
        reason: "no room", folder: "/clips", cause: .limits(neededBytes: 5), episode: 1),
      library: library)
  }

  @Test func onlyWhatFoundNoRoomShowsThatThereIsSome() {
    fill("tv")
    #expect(!gate.noteRoom(inLibrary: "tv", for: 2, reason: nil))
    #expect(!gate.noteRoom(inLibrary: "tv", for: 2, reason: "its share was away"))
    #expect(gate.full["tv"] != nil)
    #expect(gate.noteRoom(inLibrary: "tv", for: 2, reason: "no room"))
    #expect(gate.full.isEmpty)
    // It was cut early before, and has no reason of its own.
    fill("tv")
    #expect(gate.noteRoom(inLibrary: "tv", for: 1, reason: nil))
    #expect(gate.full.isEmpty)
  }

  @Test func limitsAreLookedAtAtAPaceAndAfterAReload() {
    #expect(!gate.takeLook(atLibrary: "tv", now: 100, again: 160))
    fill("tv")
    #expect(gate.takeLook(atLibrary: "tv", now: 100, again: 160))
    #expect(!gate.takeLook(atLibrary: "tv", now: 159, again: 219))
    #expect(gate.takeLook(atLibrary: "tv", now: 160, again: 220))
    gate.lookAgain()
    #expect(gate.takeLook(atLibrary: "tv", now: 161, again: 221))
    #expect(!gate.takeLook(atLibrary: "tv", now: 162, again: 222))
  }

  @Test func aLibraryThatIsNotFullHasRoom() {
    fill("tv")
    #expect(gate.noteRoom(inLibrary: "films", for: 2, reason: nil))
    #expect(gate.full["tv"] != nil)
  }
}
