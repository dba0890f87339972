import Store
import SystemPackage
import Testing

@testable import Pipeline

/// What is remembered of libraries with no room for clips.
@Suite struct WorkGateTests {
  private let gate = WorkGate(pause: WorkPause())

  private func fill(_ library: String, episode: Int64 = 1) {
    gate.setFull(
      WorkGate.FullLibrary(
        reason: "no room", folder: "/clips", cause: .limits(neededBytes: 5), episode: episode),
      library: library)
  }

  @Test func whoFoundNoRoomMeanwhileIsNotForgotten() throws {
    fill("tv")
    let full = try #require(gate.full["tv"])
    gate.endFull(full, library: "films")
    #expect(gate.full["tv"] != nil)
    fill("tv", episode: 2)
    gate.endFull(full, library: "tv")
    #expect(gate.full["tv"]?.episode == 2)
    gate.endFull(try #require(gate.full["tv"]), library: "tv")
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
}
