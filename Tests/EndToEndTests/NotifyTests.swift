import Expressions
import Foundation
import ModelServer
import Synchronization
import SystemPackage
import Testing

/// The daemon tells a real server of new clips and of what is wrong.
@Suite(.timeLimit(.minutes(10))) struct NotifyTests {
  private func events(_ server: ModelServer) -> [(event: String, body: JSONValue)] {
    // A message whose answer is not heard in time comes again with its id.
    var ids: Set<String> = []
    return server.requests().compactMap { request in
      guard request.path == "/hook", let body = request.json else { return nil }
      let event = body["event"]?.string ?? "?"
      guard event == "test" || ids.insert(body["id"]?.string ?? "").inserted else { return nil }
      return (event, body)
    }
  }

  private func settings(_ server: ModelServer) -> [String: String] {
    [
      "LANGFLIX_NOTIFY_URL": "webhook+\(server.origin)/hook", "LANGFLIX_NOTIFY_GATHER_SECONDS": "1",
    ]
  }

  private static func clock(_ date: Date, _ zone: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_GB")
    formatter.timeZone = TimeZone(identifier: zone)
    formatter.dateFormat = "d MMM HH:mm"
    return formatter.string(from: date)
  }

  @Test func newClipsAreToldOnceThoughTheDaemonIsKilled() async throws {
    let script: ModelServer.Script = { request in
      switch request.path {
      case "/Library/VirtualFolders": .json([["Locations": ["/their/shows"]]])
      default: ScriptedReply(status: 204)
      }
    }
    try await ModelServer.serving(reply: script) { server in
      let place = try Workplace()
      let more = settings(server).merging([
        "LANGFLIX_JELLYFIN_URL": server.origin, "LANGFLIX_JELLYFIN_API_KEY": "jelly-key",
        "LANGFLIX_JELLYFIN_FOLDERS": "\(place.media)=/their/shows",
        "LANGFLIX_CLIP_LAYOUT": "extras",
      ]) { $1 }
      let test = try await place.langflix(["notify", "test"], more)
      #expect(test.status == 0, "\(test.output) \(test.errors)")
      #expect(test.output.contains("ok  webhook") && test.output.contains("ok  jellyfin"))

      var daemon = try await Daemon.start(place, more: more)
      try await place.add("Radio Puddle S01E03.mkv")
      let done = try await place.waitForStatus("done") {
        $0.episodes.first?.state == "done"
      }
      try await server.wait { traffic in
        traffic.requests.contains { $0.path == "/Library/Media/Updated" }
          && traffic.requests.contains { $0.json?["event"] == "clips" }
      }
      // Recorded as told before the daemon is gone.
      try await Task.sleep(for: .seconds(1))
      await daemon.killHard()
      daemon = try await Daemon.start(place, more: more)
      let byDaemon = try await place.langflix(["notify", "test", "--json"], more)
      #expect(byDaemon.status == 0, "\(byDaemon.errors)")
      try await Task.sleep(for: .seconds(3))
      #expect(await daemon.stop() == 0)

      let told = events(server)
      #expect(told.map(\.event) == ["test", "clips", "test"])
      let clips = try #require(told.first { $0.event == "clips" }?.body)
      let count = try #require(done.episodes.first?.clips)
      #expect(count > 0)
      #expect(clips["episodes"]?.array?.count == 1)
      #expect(clips["episodes"]?.array?.first?["name"] == "Radio Puddle S01E03")
      #expect(clips["episodes"]?.array?.first?["clips"]?.integer == count)
      let refreshes = server.requests().filter { $0.path == "/Library/Media/Updated" }
      #expect(refreshes.count == 1)
      #expect(refreshes.first?.headers["authorization"] == "MediaBrowser Token=\"jelly-key\"")
      #expect(
        refreshes.first?.json == ["Updates": [["Path": "/their/shows", "UpdateType": "Modified"]]])
      #expect(!daemon.logText.contains("jelly-key"))
    }
  }

  /// Times for people are those of `TZ`, here a quarter of an hour off any other zone's.
  @Test func aRefusedKeyIsToldOnceAndSoIsItsEnd() async throws {
    let began = Date.now
    let zone = "Asia/Kathmandu"
    let receiver = try await ModelServer.start { _ in ScriptedReply() }
    let isRefused = RefusedKey()
    let model = PlausibleModel { _ in
      isRefused.value ? .fault(.keyRefused) : nil
    }
    try await ModelWorkplace.with(
      settings: settings(receiver).merging(["TZ": zone]) { $1 }, model
    ) { work in
      var daemon = try await work.startDaemon()
      try await work.addEpisode("Pilot.mkv", cues: 10)
      try await receiver.waitForRequests(1)
      try await work.addEpisode("Second.mkv", cues: 10, about: "another", variant: 1)
      // It stands in the store: a restart does not tell it again.
      try await Task.sleep(for: .seconds(1))
      await daemon.killHard()
      let asked = work.questions.count
      daemon = try await work.startDaemon()
      try await work.server.waitForRequests(asked + 1)
      try await Task.sleep(for: .seconds(2))
      #expect(events(receiver).map(\.event) == ["trouble"])
      let trouble = try #require(events(receiver).first?.body)
      #expect(trouble["trouble"]?["kind"] == "refused")
      #expect(trouble["trouble"]?["subject"] == "openai/test-model")
      #expect(trouble["message"]?.string?.contains("langflix llm check") == true)
      #expect(
        !receiver.requests().contains {
          String(decoding: $0.body, as: UTF8.self).contains(ModelWorkplace.key)
        })

      isRefused.value = false
      #expect(try await work.langflix(["retry"]).status == 0)
      try await work.place.waitForStatus("both done") {
        $0.episode("Pilot")?.state == "done" && $0.episode("Second")?.state == "done"
      }
      try await receiver.wait { traffic in
        traffic.requests.contains { $0.json?["event"] == "trouble_over" }
          && traffic.requests.contains { $0.json?["event"] == "clips" }
      }
      #expect(await daemon.stop() == 0)
      #expect(events(receiver).count { $0.event == "trouble" } == 1)
      let over = try #require(events(receiver).first { $0.event == "trouble_over" }?.body)
      let message = try #require(over["message"]?.string)
      let minutes = stride(from: began, through: .now.addingTimeInterval(60), by: 60)
      #expect(
        minutes.contains { message.contains(" to \(Self.clock($0, zone)). ") }, "\(message)")
    }
    await receiver.stop()
  }

  @Test func nobodyIsToldWhereNobodyIsSet() async throws {
    let place = try Workplace()
    let result = try await place.langflix(["notify", "test"])
    #expect(result.status == 0)
    #expect(result.output.contains("LANGFLIX_NOTIFY_URL"))
    let wrong = try await place.langflix(
      ["notify", "test"], ["LANGFLIX_NOTIFY_URL": "http://127.0.0.1:1/secret-path"])
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("BAD webhook (127.0.0.1:1)"))
    #expect(!wrong.output.contains("secret-path"))
  }
}

private final class RefusedKey: Sendable {
  private let state = Mutex(true)
  var value: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

/// Disks that are full, as `DiskTests` makes them.
@Suite(
  .enabled(if: SmallDisk.objection == nil, "\(SmallDisk.objection ?? "")"),
  .timeLimit(.minutes(10)))
struct NotifyDiskTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private static let takesAll: ModelServer.Script = { _ in ScriptedReply() }

  private func settings(_ server: ModelServer) -> [String: String] {
    ["LANGFLIX_NOTIFY_URL": "\(server.origin)/hook", "LANGFLIX_NOTIFY_GATHER_SECONDS": "1"]
  }

  /// A message whose answer is not heard within 15 s, as on a machine with too much to do, comes again with its id.
  private func events(_ server: ModelServer, _ kind: String) -> [String] {
    var ids: Set<String> = []
    return server.requests().compactMap(\.json)
      .filter { $0["trouble"]?["kind"]?.string == kind }
      .filter { $0["id"]?.string.map { ids.insert($0).inserted } ?? true }
      .compactMap { $0["event"]?.string }
  }

  @Test func aLibrarysFullDiskIsToldOnceAndSoIsItsEnd() async throws {
    try await ModelServer.serving(reply: Self.takesAll) { server in
      let disk = try SmallDisk(at: place.media, mebibytes: 40)
      let daemon = try await Daemon.start(place, more: settings(server))
      try await place.add("Pilot.mkv")
      try disk.fill()
      try await server.waitForRequests(1)
      #expect(events(server, "full_disk") == ["trouble"])
      try await Task.sleep(for: .seconds(3))
      unlink(disk.ballast.string)
      try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      try await server.wait { $0.requests.contains { $0.json?["event"] == "trouble_over" } }
      try await Task.sleep(for: .seconds(2))
      #expect(events(server, "full_disk") == ["trouble", "trouble_over"])
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func theStoresFullDiskIsToldOnceAndSoIsItsEnd() async throws {
    try await ModelServer.serving(reply: Self.takesAll) { server in
      let disk = try SmallDisk(at: place.state, mebibytes: 8)
      // A stop leaves no room in the store's log that later writes would use.
      let first = try await Daemon.start(place, more: settings(server))
      #expect(await first.stop() == 0)
      let daemon = try await Daemon.start(place, more: settings(server))
      try disk.fill()
      try await place.add("Pilot.mkv")
      try await server.waitForRequests(1)
      #expect(events(server, "store") == ["trouble"])
      unlink(disk.ballast.string)
      try await place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      try await server.wait { $0.requests.contains { $0.json?["event"] == "trouble_over" } }
      try await server.wait { $0.requests.contains { $0.json?["event"] == "clips" } }
      #expect(events(server, "store") == ["trouble", "trouble_over"])
      #expect(await daemon.stop() == 0)
    }
  }
}
