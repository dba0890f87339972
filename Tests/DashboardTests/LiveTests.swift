import Dashboard
import Foundation
import NIOPosix
import Synchronization
import Testing

@Suite struct LiveTests {
  private func request(_ path: String, _ site: Site) -> [UInt8] {
    Array("GET \(path) HTTP/1.1\r\nHost: \(site.host)\r\n\r\n".utf8)
  }

  private static func holds(_ text: String) -> @Sendable ([UInt8]) -> Bool {
    { String(decoding: $0, as: UTF8.self).contains(text) }
  }

  @Test(arguments: [("/live", "event: sections"), ("/api/v1/events", "event: overview")])
  func changesArriveByThemselves(path: String, event: String) async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      async let stream = site.exchange(request(path, site), isEnough: Self.holds("brand new"))
      // What there is comes first, so somebody watches by then.
      _ = try await site.exchange(request(path, site), isEnough: Self.holds(event))
      source.change { $0.queue = [SampleSource.entry("brand new", state: "probing")] }
      let text = String(decoding: try await stream, as: UTF8.self)
      #expect(text.lowercased().contains("content-type: text/event-stream"))
      #expect(text.contains(event))
    }
  }

  /// What the page's script puts into the page is as harmless as the page.
  @Test(arguments: ["<script>hacked()</script>", "\"\u{301} onmouseover=hacked() x=\"\u{301}"])
  func strangersTextStaysTextInTheStream(text: String) async throws {
    try await Site.run(SampleSource(text: text)) { site in
      for language in ["en", "ko"] {
        let head =
          "GET /live HTTP/1.1\r\nHost: \(site.host)\r\nAccept-Language: \(language)\r\n\r\n"
        let bytes = try await site.exchange(Array(head.utf8)) { bytes in
          String(decoding: bytes, as: UTF8.self).firstMatch(of: /data: .+\n\n/) != nil
        }
        let stream = String(decoding: bytes, as: UTF8.self)
        let data = try #require(stream.firstMatch(of: /data: (.+)\n\n/)?.1)
        let parts = try JSONDecoder().decode([String: String].self, from: Data(data.utf8))
        #expect(
          parts.keys.sorted()
            == ["counts", "finished", "libraries", "pause", "providers", "queue"])
        #expect(parts["finished"]?.contains(language == "ko" ? "클립" : "clips") == true)
        for (name, html) in parts { #expect(Markup.problems(in: html) == [], "\(name)") }
      }
    }
  }

  @Test func manyChangesComeAsFew() async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      async let stream = site.exchange(
        request("/api/v1/events", site), isEnough: Self.holds("change-2000"))
      _ = try await site.exchange(
        request("/api/v1/events", site), isEnough: Self.holds("event: overview"))
      let began = ContinuousClock.now
      for number in 1...2_000 { source.change { $0.version = "change-\(number)" } }
      let text = String(decoding: try await stream, as: UTF8.self)
      let spans = Int((ContinuousClock.now - began) / .milliseconds(50))
      #expect(text.components(separatedBy: "event: overview").count - 1 <= spans + 3)
    }
  }

  @Test func soManyMayWatchAndNoMore() async throws {
    try await Site.run(SampleSource(), Site.options(streams: 2)) { site in
      let bytes = request("/live", site)
      let third = try await NIOThreadPool.singleton.runIfActive {
        let watchers = try (0..<2).map { _ in try RawConnection(port: site.port) }
        for watcher in watchers {
          try watcher.send(bytes)
          var received: [UInt8] = []
          while !Self.holds("event: sections")(received), let more = try watcher.receive() {
            received += more
          }
        }
        let late = try RawConnection(port: site.port)
        try late.send(bytes)
        // Both are open until here.
        return try withExtendedLifetime(watchers) { Reply(try late.receive() ?? []) }
      }
      #expect(third.status == 503)
      #expect(third["retry-after"] != nil)
      #expect(try await site.get("/healthz").status == 200)
    }
  }

  @Test func nobodyWatchingCostsNothing() async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      for number in 1...50 { source.change { $0.version = "\(number)" } }
      // A whole exchange later everything that was to come has come.
      _ = try await site.get("/healthz")
      #expect(source.state.withLock { $0.overviews } == 0)
    }
  }

  @Test func aPortThatIsTakenIsToldAndStopsNothing() async throws {
    try await Site.run { site in
      let (states, continuation) = AsyncStream.makeStream(of: DashboardPresence.State.self)
      let presence = DashboardPresence(host: "127.0.0.1") { continuation.yield($0) }
      try await FailingServer.run(presence, Site.options(port: site.port)) {
        for await state in states {
          guard case .failed(let reason) = state else { continue }
          #expect(reason.contains("used by another program"))
          #expect(reason.contains("dashboard.listen"))
          break
        }
        #expect(presence.url == nil)
      }
      #expect(try await site.get("/healthz").status == 200)
    }
  }

  @Test(.timeLimit(.minutes(3))) func itEndsThoughABrowserStays() async throws {
    try await withThrowingTaskGroup { group in
      let (gate, opened) = AsyncStream.makeStream(of: Void.self)
      try await Site.run { site in
        group.addTask {
          _ = try await site.exchange(request("/live", site)) { bytes in
            if Self.holds("event: sections")(bytes) { opened.yield() }
            return false
          }
        }
        for await _ in gate { break }
      }
      // The stream was ended by the server.
      try await group.waitForAll()
    }
  }
}
