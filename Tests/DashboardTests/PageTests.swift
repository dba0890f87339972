import Dashboard
import Foundation
import Testing

@Suite struct PageTests {
  static let pages = [
    "/", "/episodes", "/episodes/1", "/failures", "/history", "/libraries", "/budget", "/search",
    "/settings", "/search?q=x&level=B2", "/episodes?q=x&state=done&offset=50",
  ]

  @Test(arguments: pages)
  func pagesAreWhole(path: String) async throws {
    try await Site.run { site in
      let reply = try await site.get(path)
      #expect(reply.status == 200)
      #expect(reply["content-type"] == "text/html; charset=utf-8")
      #expect(reply.text.hasPrefix("<!DOCTYPE html>"))
      #expect(reply.text.hasSuffix("</html>\n"))
      #expect(!reply.text.contains("{{"))
      #expect(!reply.text.contains("Optional("))
      if !["/budget", "/libraries"].contains(path) {
        #expect(reply.text.contains("Café – Lügen &amp; mehr"))
      }
    }
  }

  /// Names of files, answers of models and subtitles are strangers' text.
  @Test(arguments: [
    "<script>hacked()</script>", "\" onmouseover=hacked() x=\"", "' onmouseover=hacked() x='",
    "\"\u{301} onmouseover=hacked() x=\"\u{301}", "<\u{301}script>hacked()</script>",
    "</title><script>hacked()</script>", "--><img src=x onerror=hacked()>",
    "{{{csrf}}} {{> layout}}", "&quot;&lt;script&gt;", "javascript:hacked()", "\u{0}<b>", "`><b>",
  ])
  func strangersTextStaysText(text: String) async throws {
    try await Site.run(SampleSource(text: text)) { site in
      for language in ["en", "ko"] {
        for path in Self.pages {
          let reply = try await site.get(path, ["Accept-Language": language])
          #expect(reply.status == 200)
          for found in Markup.problems(in: reply.text) {
            Issue.record("\(path) in \(language): \(found)")
          }
        }
      }
      let missing = try await site.get(
        "/\(text.utf8.map { "%" + String(Int($0) + 0x100, radix: 16).suffix(2) }.joined())",
        ["Accept": "text/html"])
      #expect([400, 404].contains(missing.status))
      #expect(Markup.problems(in: missing.text).isEmpty)
    }
  }

  @Test func whatIsSearchedForStaysText() async throws {
    try await Site.run { site in
      for path in ["/search?q=", "/episodes?q="] {
        let reply = try await site.get(path + "%22%3E%3Cscript%3Ehacked()%3C/script%3E")
        #expect(reply.status == 200)
        #expect(Markup.problems(in: reply.text).isEmpty)
      }
    }
  }

  @Test func everythingTellsBrowsersWhatToRefuse() async throws {
    try await Site.run { site in
      for path in Self.pages + [
        "/nowhere", "/assets/style.css", "/metrics", "/api/v1/overview", "/healthz", "/sign-in",
        "/episodes?limit=0",
      ] {
        let reply = try await site.get(path)
        let policy = reply["content-security-policy"] ?? ""
        for rule in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
          #expect(policy.contains(rule), "\(path)")
        }
        #expect(!policy.contains("unsafe"))
        #expect(reply["x-content-type-options"] == "nosniff")
        #expect(reply["referrer-policy"] == "same-origin")
      }
    }
  }

  @Test(arguments: [
    "/episodes?limit=0", "/episodes?limit=201", "/episodes?limit=x", "/episodes?offset=-1",
    "/episodes?state=nothing", "/episodes?unknown=1", "/episodes?q=a&q=b", "/episodes?q=%00",
    "/episodes?q=%ff", "/episodes?q=%", "/search?level=D1", "/history?q=x", "/api/v1/overview?x=1",
    "/api/v1/expressions?limit=1e3",
  ])
  func wrongQueriesAreRefused(path: String) async throws {
    try await Site.run { site in
      let reply = try await site.get(path)
      #expect(reply.status == 400)
    }
  }

  @Test func methodsThatMeanNothingAreRefused() async throws {
    try await Site.run { site in
      for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "POST"] {
        let reply = try await site.get("/api/v1/overview", method: method)
        #expect(reply.status == 405, "\(method)")
        #expect(reply["allow"] == "GET, HEAD")
      }
      #expect(try await site.get("/actions/retry")["allow"] == "POST")
      #expect(try await site.get("/api/v1/nowhere").status == 404)
      #expect(try await site.get("/", method: "HEAD").body.isEmpty)
    }
  }

  @Test func theAPISpeaksJSON() async throws {
    try await Site.run { site in
      let reply = try await site.get("/api/v1/episodes/1")
      #expect(reply["content-type"] == "application/json; charset=utf-8")
      let value = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
      #expect((value?["episode"] as? [String: Any])?["batches_done"] as? Int == 1)
      let missing = try await site.get("/api/v1/episodes/2", ["Accept": "text/html"])
      #expect(missing.status == 404)
      #expect(missing.text == #"{"error":"there is no such episode"}"#)
    }
  }

  @Test func metricsAreInPrometheusForm() async throws {
    try await Site.run(SampleSource(text: "a\"b\\c\nd")) { site in
      let reply = try await site.get("/metrics")
      #expect(reply["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(
        reply.text.hasPrefix(
          """
          # HELP langflix_sample a"b\\\\c\\nd
          # TYPE langflix_sample gauge
          langflix_sample{name="a\\"b\\\\c\\nd"} 1
          """))
    }
  }
}
