import Dashboard
import Foundation
import Synchronization
import Testing

/// What it takes to have something changed.
@Suite struct ChangeTests {
  private func open(_ site: Site) async throws -> (cookie: String, csrf: String) {
    let page = try await site.get("/failures")
    return (try #require(page.cookie), try #require(page.csrfToken))
  }

  @Test func theFormOfThePageWorks() async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      let (cookie, csrf) = try await open(site)
      let reply = try await site.post(
        "/actions/retry/7", ["Cookie": cookie], body: "csrf=\(csrf)&back=%2Ffailures")
      #expect(reply.status == 303)
      #expect(reply["location"] == "/failures")
      #expect(source.state.withLock { $0.retries } == [7])
    }
  }

  @Test func withoutTheTokenOfTheFormNothingIsDone() async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      let (cookie, csrf) = try await open(site)
      let (_, foreign) = try await open(site)
      let changed = String(csrf.dropLast()) + (csrf.hasSuffix("A") ? "B" : "A")
      for path in [
        "/actions/retry", "/actions/retry/7", "/actions/pause", "/actions/pause-backlog",
        "/actions/resume",
      ] {
        for body in ["", "csrf=", "csrf=\(foreign)", "csrf=\(changed)", "csrf=\(csrf)x"] {
          let reply = try await site.post(path, ["Cookie": cookie], body: body)
          #expect(reply.status == 403, "\(path) \(body)")
        }
        // Without the cookie the token means nothing.
        #expect(try await site.post(path, body: "csrf=\(csrf)").status == 403)
      }
      for path in [
        "/api/v1/retry", "/api/v1/episodes/7/retry", "/api/v1/libraries/tv/known",
        "/api/v1/pause", "/api/v1/resume",
      ] {
        let body = #"{"phrase":"figure out"}"#
        for headers in [[:], ["Cookie": cookie], ["Cookie": cookie, "X-CSRF-Token": foreign]] {
          let reply = try await site.post(path, headers, body: body)
          #expect(reply.status == 403, "\(path) \(headers)")
        }
      }
      #expect(source.state.withLock { $0.retries.isEmpty && $0.known.isEmpty && $0.pauses.isEmpty })
    }
  }

  @Test func workIsPausedAndResumedByThePagesButtons() async throws {
    let source = SampleSource()
    source.change { $0.pause = PauseEntry() }
    try await Site.run(source) { site in
      let start = try await site.get("/")
      let cookie = try #require(start.cookie)
      let csrf = try #require(start.csrfToken)
      func press(_ button: String, among page: Reply) async throws -> Reply {
        #expect(page.text.contains("formaction=\"/actions/\(button)\""), "\(button)")
        let reply = try await site.post(
          "/actions/\(button)", ["Cookie": cookie], body: "csrf=\(csrf)&back=%2F")
        #expect(reply.status == 303)
        return try await site.get("/", ["Cookie": cookie])
      }
      #expect(!start.text.contains("/actions/resume"))
      let backlog = try await press("pause-backlog", among: start)
      #expect(backlog.text.contains("The backlog is paused since"))
      let all = try await press("pause", among: backlog)
      #expect(all.text.contains("All work is paused since"))
      #expect(!all.text.contains("/actions/pause"))
      let resumed = try await press("resume", among: all)
      #expect(!resumed.text.contains("paused since"))
      #expect(source.state.withLock { $0.pauses } == ["backlog", "all", "resume"])
    }
  }

  @Test func programsPauseToo() async throws {
    let source = SampleSource()
    let token = "correct-horse-battery"
    try await Site.run(source, Site.options(token: token, isLoopback: false)) { site in
      let headers = ["Authorization": "Bearer \(token)"]
      #expect(try await site.post("/api/v1/pause", headers).text == #"{"all_since":1}"#)
      let body = #"{"backlog_only":true}"#
      let backlog = try await site.post("/api/v1/pause", headers, body: body)
      #expect(backlog.text == #"{"backlog_since":1}"#)
      #expect(try await site.post("/api/v1/resume", headers).text == "{}")
      for wrong in ["x", "[]", #"{"backlog_only":1}"#] {
        #expect(try await site.post("/api/v1/pause", headers, body: wrong).status == 400)
      }
      #expect(source.state.withLock { $0.pauses } == ["all", "backlog", "resume"])
    }
  }

  @Test func aPageOfAnotherSiteIsRefusedWhateverItKnows() async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      let (cookie, csrf) = try await open(site)
      for header in [
        ["Origin": "http://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
        ["Sec-Fetch-Site": "same-site"], ["Origin": "http://127.0.0.1:1"],
      ] {
        let reply = try await site.post(
          "/actions/retry", ["Cookie": cookie].merging(header) { $1 }, body: "csrf=\(csrf)")
        #expect(reply.status == 403, "\(header)")
      }
      let own = ["Origin": "http://\(site.host)", "Sec-Fetch-Site": "same-origin"]
      let reply = try await site.post(
        "/actions/retry", ["Cookie": cookie].merging(own) { $1 }, body: "csrf=\(csrf)")
      #expect(reply.status == 303)
      #expect(source.state.withLock { $0.retries } == [nil])
    }
  }

  @Test func knownPhrasesGoThroughTheAPI() async throws {
    let source = SampleSource()
    try await Site.run(source) { site in
      let (cookie, csrf) = try await open(site)
      let headers = ["Cookie": cookie, "X-CSRF-Token": csrf]
      let path = "/api/v1/libraries/tv/known"
      #expect(
        try await site.post(path, headers, body: #"{"phrase":"figure out"}"#).text
          == #"{"is_changed":true}"#)
      #expect(
        try await site.post(path, headers, body: #"{"phrase":"get by","known":false}"#).status
          == 200)
      #expect(source.state.withLock { $0.known } == ["+figure out", "-get by"])
      for body in [
        "", "{", "[]", #"{"phrase":1}"#, #"{"phrase":""}"#, #"{"phrase":"a\nb"}"#,
        #"{"phrase":"a\u0000b"}"#, #"{"phrase":"\#(String(repeating: "x", count: 201))"}"#,
      ] {
        #expect(try await site.post(path, headers, body: body).status == 400, "\(body)")
      }
      let elsewhere = try await site.post(
        "/api/v1/libraries/other/known", headers, body: #"{"phrase":"x"}"#)
      #expect(elsewhere.status == 404)
    }
  }

  @Test func withoutATokenOthersCanLookOnly() async throws {
    let source = SampleSource()
    try await Site.run(source, Site.options(isLoopback: false)) { site in
      let page = try await site.get("/failures")
      #expect(page.status == 200)
      #expect(page.text.contains("You can look, and change nothing"))
      #expect(page.cookie == nil)
      #expect(page.csrfToken == nil)
      for path in [
        "/actions/retry", "/actions/pause", "/actions/resume", "/api/v1/retry", "/api/v1/pause",
        "/api/v1/resume", "/api/v1/libraries/tv/known",
      ] {
        let reply = try await site.post(path, ["X-CSRF-Token": "x"], body: "csrf=x")
        #expect(reply.status == 403)
        #expect(reply.text.contains("token"))
      }
      #expect(source.state.withLock { $0.retries.isEmpty && $0.pauses.isEmpty })
      #expect(try await site.get("/api/v1/session").text == #"{"can_change":false}"#)
    }
  }

  @Test func aProgramNeedsTheTokenAlone() async throws {
    let source = SampleSource()
    let token = "correct-horse-battery"
    try await Site.run(source, Site.options(token: token, isLoopback: false)) { site in
      let headers = ["Authorization": "Bearer \(token)"]
      for (id, status) in [(7, 200), (404, 404), (409, 409)] {
        let reply = try await site.post("/api/v1/episodes/\(id)/retry", headers)
        #expect(reply.status == status)
      }
      #expect(source.state.withLock { $0.retries } == [7])
    }
  }

  @Test func aBodyHasALimit() async throws {
    try await Site.run { site in
      let (cookie, csrf) = try await open(site)
      let body = "csrf=\(csrf)&x=" + String(repeating: "x", count: 70_000)
      let reply = try await site.post("/actions/retry", ["Cookie": cookie], body: body)
      #expect(reply.status == 413)
    }
  }
}
