import Dashboard
import Foundation
import Synchronization
import Testing

@Suite struct AccessTests {
  private let token = "correct-horse-battery"

  private func signIn(_ site: Site) async throws -> String {
    let reply = try await site.post("/sign-in", body: "token=\(token)&next=%2Fepisodes")
    #expect(reply.status == 303)
    #expect(reply["location"] == "/episodes")
    return try #require(reply.cookie)
  }

  @Test(arguments: [
    "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "",
    "nas.example.evil", "user@localhost", "localhost:80:80", "[::1", "a b", "127.0.0.1/",
  ])
  func strangersNamesAreRefused(host: String) async throws {
    try await Site.run { site in
      let reply = try await site.get("/", ["Host": host])
      #expect(reply.status == 421 || reply.status == 400)
      #expect(!reply.text.contains("langflix</a>"))
      #expect(reply["set-cookie"] == nil)
    }
  }

  @Test func ownNamesAndAddressesAreServed() async throws {
    try await Site.run(SampleSource(), Site.options(hosts: ["tv.home"])) { site in
      for host in [
        "127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:9", "192.168.1.9", "nas.example", "nas",
        "nas.local:30490", "tv.home", "tv.home.",
      ] {
        let reply = try await site.get("/", ["Host": host])
        #expect(reply.status == 200, "\(host)")
      }
    }
  }

  @Test func withATokenNothingIsShownBeforeSigningIn() async throws {
    let source = SampleSource(text: "very-private")
    try await Site.run(source, Site.options(token: token)) { site in
      for path in [
        "/", "/episodes", "/episodes/1", "/search", "/settings", "/history", "/failures", "/budget",
        "/libraries", "/live", "/metrics", "/media/1/clips/x/clip.mp4", "/media/1/clips/index.html",
        "/api/v1/overview", "/api/v1/episodes", "/api/v1/episodes/1", "/api/v1/expressions",
        "/api/v1/settings", "/api/v1/history", "/api/v1/session", "/api/v1/events",
      ] {
        let program = try await site.get(path)
        #expect(program.status == 401, "\(path)")
        #expect(program["www-authenticate"]?.hasPrefix("Bearer") == true)
        #expect(!program.text.contains("very-private"))
        let browser = try await site.get(path, ["Accept": "text/html"])
        #expect(browser.status == 303 || browser.status == 401, "\(path)")
        #expect(!browser.text.contains("very-private"))
        let bearer = try await site.get(path, ["Authorization": "Basic \(token)"])
        #expect(bearer.status == 401 || bearer.status == 429, "\(path)")
      }
      #expect(try await site.get("/healthz").text == "ok\n")
      #expect(source.state.withLock { $0.overviews } == 0)
    }
  }

  @Test func signingInAndOut() async throws {
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      let login = try await site.get("/sign-in")
      #expect(login.status == 200)
      let cookie = try await signIn(site)
      let page = try await site.get("/", ["Cookie": cookie])
      #expect(page.status == 200)
      let program = try await site.get("/api/v1/overview", ["Authorization": "Bearer \(token)"])
      #expect(program.status == 200)
      let csrf = try #require(page.csrfToken)
      let out = try await site.post("/sign-out", ["Cookie": cookie], body: "csrf=\(csrf)")
      #expect(out.status == 303)
      #expect(out["set-cookie"]?.contains("Max-Age=0") == true)
    }
  }

  @Test func theCookieIsForThisServerAlone() async throws {
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      let reply = try await site.post("/sign-in", body: "token=\(token)")
      let attributes = try #require(reply["set-cookie"]).split(separator: "; ").dropFirst()
      #expect(Set(attributes).isSuperset(of: ["HttpOnly", "SameSite=Strict", "Path=/"]))
      #expect(!reply.headers.contains { $0.value.contains(token) })
    }
  }

  @Test func aChangedCookieIsNone() async throws {
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      let cookie = try await signIn(site)
      let value = String(cookie.split(separator: "=", maxSplits: 1)[1])
      for position in stride(from: 0, to: value.count, by: 7) {
        var characters = Array(value)
        characters[position] = characters[position] == "A" ? "B" : "A"
        let changed = "langflix_session=\(String(characters))"
        #expect(try await site.get("/api/v1/overview", ["Cookie": changed]).status == 401)
      }
      for junk in ["", ".", "a.b", value + "x", value + ".x", String(value.dropLast())] {
        let reply = try await site.get("/api/v1/overview", ["Cookie": "langflix_session=\(junk)"])
        #expect(reply.status == 401)
      }
    }
  }

  @Test func aSessionOfAnotherTokenIsNone() async throws {
    var cookie = ""
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      cookie = try await signIn(site)
    }
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      let reply = try await site.get("/api/v1/overview", ["Cookie": cookie])
      #expect(reply.status == 200)
    }
    try await Site.run(SampleSource(), Site.options(token: token + "!")) { site in
      let reply = try await site.get("/api/v1/overview", ["Cookie": cookie])
      #expect(reply.status == 401)
    }
  }

  @Test(arguments: [true, false])
  func whoGuessesHasToWait(byForm: Bool) async throws {
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      func attempt(_ guess: String) async throws -> Reply {
        byForm
          ? try await site.post("/sign-in", body: "token=\(guess)")
          : try await site.get("/api/v1/overview", ["Authorization": "Bearer \(guess)"])
      }
      for number in 1...5 { #expect(try await attempt("guess-\(number)").status == 401) }
      let sixth = try await attempt(token)
      #expect(sixth.status == 429)
      #expect(sixth["retry-after"].flatMap { Int($0) }.map { 1...60 ~= $0 } == true)
    }
  }

  @Test func aNextThatLeadsElsewhereLeadsToTheStart() async throws {
    try await Site.run(SampleSource(), Site.options(token: token)) { site in
      for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "x"] {
        let reply = try await site.post("/sign-in", body: "token=\(token)&next=\(next)")
        #expect(reply["location"] == "/", "\(next)")
      }
      let injected = try await site.post(
        "/sign-in", body: "token=\(token)&next=%2Fa%0D%0ASet-Cookie%3A%20x%3Dy")
      #expect(injected["location"] == "/")
    }
  }
}
