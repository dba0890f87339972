import Foundation
import SystemPackage
import Testing

/// The dashboard over a real store: DashboardTests look at what it refuses, these at what it shows.
@Suite(.timeLimit(.minutes(10))) struct DashboardTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private static let switchedOn = [
    "LANGFLIX_DASHBOARD_ENABLED": "on", "LANGFLIX_DASHBOARD_LISTEN": "127.0.0.1:0",
  ]

  private func get(_ url: String, _ options: [String] = []) async throws -> String {
    let result = try await Command.run("curl", ["-sS", "--globoff"] + options + [url])
    #expect(result.status == 0, "\(url): \(result.errors)")
    return result.output
  }

  private func json(_ url: String, _ options: [String] = []) async throws -> [String: Any] {
    let text = try await get(url, options)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  @Test func anEpisodeIsShownWithItsClipsAndFound() async throws {
    let daemon = try await Daemon.start(place, more: Self.switchedOn)
    try await place.add("Pilot.mkv")
    try Data("no video".utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Broken.mkv").string))
    let status = try await place.waitForStatus("both at rest") {
      $0.episode("Pilot")?.state == "done" && $0.episode("Broken")?.state == "failed"
    }
    let url = try #require(status.dashboard)
    let overview = try await json(url + "api/v1/overview")
    #expect((overview["counts"] as? [String: Int])?["done"] == 1)
    #expect((overview["libraries"] as? [[String: Any]])?.first?["is_watched"] as? Bool == true)

    let list = try await json(url + "api/v1/episodes?state=done&q=pilot")
    let episode = try #require((list["entries"] as? [[String: Any]])?.first)
    let id = try #require(episode["id"] as? Int)
    let detail = try await json(url + "api/v1/episodes/\(id)")
    let clips = try #require(detail["clips"] as? [[String: Any]])
    #expect(clips.count == episode["clips"] as? Int)
    let file = try #require(clips.first?["file"] as? String)
    let folder = try #require(detail["folder_name"] as? String)
    let names = [folder, file].map {
      $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
    let media = "\(url)media/\(id)/clips/\(names[0])/\(names[1])"
    #expect(try await get(media, ["-r", "4-7"]) == "ftyp")
    let hidden = "\(url)media/\(id)/clips/\(names[0])/..%2F..%2F..%2FPilot.mkv"
    #expect(try await get(hidden, ["-o", "/dev/null", "-w", "%{http_code}"]) == "404")

    let phrase = try #require(
      (clips.first?["expressions"] as? [[String: Any]])?.first?["dictionary_form"] as? String)
    let query = phrase.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let found = try await json(url + "api/v1/expressions?q=\(query)")
    let first = (found["entries"] as? [[String: Any]])?.first
    #expect((first?["expression"] as? [String: Any])?["dictionary_form"] as? String == phrase)
    #expect(first?["episode"] as? Int == id)
    try await checkChanges(url, phrase)
    try await checkMetrics(url)
    #expect(await daemon.stop() == 0)
  }

  @Test func aReloadShowsInTheSettingsAndPausingHoldsWork() async throws {
    let file = place.root.appending("langflix.yaml")
    func configure(_ more: String) throws {
      let text = """
        libraries:
          media:
            path: \(place.media)
        \(more)
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
    }
    try configure("shutdown_seconds: 20\n")
    let daemon = try await Daemon.start(place, configuration: file, more: Self.switchedOn)
    let status = try await place.waitForStatus("it to listen") { $0.dashboard != nil }
    let url = try #require(status.dashboard)
    func setting(_ key: String) async throws -> [String: String]? {
      let list = try await json(url + "api/v1/settings")["settings"] as? [[String: String]]
      return list?.first { $0["key"] == key }
    }
    let before = try #require(try await setting("selection.clips"))
    #expect(before["origin"] == "default")
    try configure("shutdown_seconds: 7\nselection:\n  clips: 3\n")
    let reload = try await place.langflix(
      ["reload"], ["LANGFLIX_CONFIG": file.string, "LANGFLIX_MEDIA": ""])
    #expect(reload.status == 0, "\(reload.errors)")
    let after = try #require(try await setting("selection.clips"))
    #expect(after["value"] == "3")
    #expect(after["origin"]?.contains("langflix.yaml") == true)
    // What only a restart changes is shown as it is in force.
    #expect(try await setting("shutdown_seconds")?["value"] == "20")

    let jar = place.root.appending("cookies").string
    let csrf = try #require(
      try await json(url + "api/v1/session", ["-c", jar])["csrf_token"] as? String)
    let change = ["-b", jar, "-H", "X-CSRF-Token: \(csrf)", "-X", "POST"]
    let paused = try await json(url + "api/v1/pause", change)
    #expect(paused["all_since"] as? Double != nil)
    try await place.add("Pilot.mkv")
    try await place.waitForStatus("it to be queued") { $0.episode("Pilot") != nil }
    let overview = try await json(url + "api/v1/overview")
    #expect((overview["pause"] as? [String: Any])?["all_since"] as? Double != nil)
    #expect(try await get(url).contains("/actions/resume"))
    let told = try await place.langflix(["status"], ["LANGFLIX_CONFIG": file.string])
    #expect(told.output.lowercased().contains("paused"))
    #expect(try await get(url + "api/v1/resume", change) == "{}")
    try await place.waitForStatus("it to be done") { $0.episode("Pilot")?.state == "done" }
    #expect(await daemon.stop() == 0)
  }

  /// A failed episode is tried again, and a phrase is known, with what the session gives.
  private func checkChanges(_ url: String, _ phrase: String) async throws {
    let jar = place.root.appending("cookies").string
    let session = try await json(url + "api/v1/session", ["-c", jar])
    let csrf = try #require(session["csrf_token"] as? String)
    let change = ["-b", jar, "-H", "X-CSRF-Token: \(csrf)", "-X", "POST"]
    let list = try await json(url + "api/v1/episodes?state=failed")
    let id = try #require((list["entries"] as? [[String: Any]])?.first?["id"] as? Int)
    #expect(
      try await get(url + "api/v1/episodes/\(id)/retry", change) == #"{"episodes":1}"#)
    try await place.waitForStatus("it to fail once more") {
      $0.episode("Broken")?.state == "failed"
    }
    #expect(try await get(url + "history").contains("Broken"))
    let body = [
      "--data", String(decoding: try JSONEncoder().encode(["phrase": phrase]), as: UTF8.self),
    ]
    let known = try await get(url + "api/v1/libraries/media/known", change + body)
    #expect(known == #"{"is_changed":true}"#)
    let text = try String(
      contentsOfFile: place.media.appending("known.txt").string, encoding: .utf8)
    #expect(text.split(separator: "\n").last == phrase[...])
  }

  private func checkMetrics(_ url: String) async throws {
    let file = place.root.appending("metrics").string
    try Data(try await get(url + "metrics").utf8).write(to: URL(fileURLWithPath: file))
    let script = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .removingLastComponent().appending("Scripts/check-metrics.py")
    let result = try await Command.run("python3", [script.string, file])
    #expect(result.status == 0, "\(result.errors)")
  }
}
