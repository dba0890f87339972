import Foundation
import SystemPackage
import Testing

/// What a container's health check and a NAS's settings see.
@Suite(.timeLimit(.minutes(10))) struct HealthcheckTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func check() async throws -> (status: Int32, line: String) {
    let result = try await place.langflix(["healthcheck"])
    #expect(result.output.split(separator: "\n").count == 1, "one line: \(result.output)")
    return (result.status, result.output.trimmingCharacters(in: .newlines))
  }

  @Test func tellsHowTheDaemonIs() async throws {
    var answer = try await check()
    #expect(answer == (1, "unreachable: no daemon runs for \(place.state)"))

    let daemon = try await Daemon.start(place)
    answer = try await check()
    #expect(answer == (0, "healthy"))

    // A process that stands still takes the connection and says nothing.
    #expect(kill(daemon.pid, SIGSTOP) == 0)
    answer = try await check()
    #expect(answer == (1, "unreachable: the daemon does not answer within 5 s"))
    #expect(kill(daemon.pid, SIGCONT) == 0)
    #expect(try await check() == (0, "healthy"))
    #expect(await daemon.stop() == 0)
    #expect(try await check().status == 1)
  }

  @Test func aStuckPartHoldsUpNoCommand() async throws {
    try Data().write(to: URL(fileURLWithPath: place.state.appending("stall").string))
    let daemon = try Daemon(
      place,
      place.environment.merging([
        "LANGFLIX_TEST_STALL": "providers", "LANGFLIX_HEALTH_STALL_SECONDS": "1",
      ]) { $1 })
    var answer = try await check()
    while !answer.line.hasPrefix("stalled: providers: ") {
      try await Task.sleep(for: .milliseconds(200))
      answer = try await check()
    }
    let status = try await place.langflix(["status"])
    #expect(status.status == 69, "\(status.output) \(status.errors)")
    #expect(
      status.errors.contains("does not answer within 20 s: providers: no sign of life for"),
      "\(status.errors)")
    await daemon.killHard()
  }

  @Test func aLibraryInTroubleIsTold() async throws {
    let file = place.root.appending("langflix.yaml")
    let missing = place.root.appending("away")
    let text = """
      libraries:
        shows: {path: \(place.media)}
        films: {path: \(missing)}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
    let daemon = try Daemon(
      place,
      place.environment.merging(["LANGFLIX_CONFIG": file.string]) { $1 }.filter {
        $0.key != "LANGFLIX_MEDIA"
      })
    try await place.waitForStatus("the watched library") {
      $0.isRunning && $0.libraries.contains { $0.name == "shows" && $0.isWatched }
    }
    var answer = try await check()
    // The libraries report in any order.
    while answer.line.hasPrefix("starting") { answer = try await check() }
    #expect(answer.status == 0)
    #expect(answer.line.hasPrefix("degraded: library films: "), "\(answer.line)")
    #expect(await daemon.stop() == 0)
  }

  @Test func aWrongConfigurationIsUnhealthyToo() async throws {
    let result = try await place.langflix(["healthcheck"], ["LANGFLIX_LOG_LEVEL": "loud"])
    #expect(result.status == 1)
  }

  @Test func umaskIsHonoured() async throws {
    let episode = try await place.add("Pilot.mkv")
    let wrong = try await place.langflix(["status"], ["UMASK": "9"])
    #expect(wrong.status == 78)
    #expect(wrong.errors.contains("UMASK"))
    #expect(try await place.langflix(["process", episode.string], ["UMASK": "077"]).status == 0)
    let store = place.state.appending("langflix.sqlite3").string
    let mode = try FileManager.default.attributesOfItem(atPath: store)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
  }
}
