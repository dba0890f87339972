import LanguageModels
import Testing

@Suite(
  "HTTP: what is sent and what comes back",
  .enabled(if: FaultyServer.isAvailable, "needs python3"), .timeLimit(.minutes(10)))
struct HTTPExchangeTests {
  @Test("a POST carries every byte and its headers, and no header that would delay it")
  func post() async throws {
    let server = try await FaultyServer()
    let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var request = server.post("/echo?key=secret", body)
    request.headers = [
      HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-Mixed-Case", "a: b; ü"),
      HTTPHeader("X-Empty", ""),
    ]
    let response = try await HTTPClient().send(request)
    #expect(response.status == 200)
    #expect(response.body == body)
    #expect(response[header: "x-method"] == "POST")
    #expect(response[header: "X-Target"] == "/echo?key=secret")
    #expect(response[header: "X-Got-Content-Type"] == "application/json")
    #expect(response[header: "X-Got-Content-Length"] == "300000")
    #expect(response[header: "X-Got-X-Empty"] == "")
    #expect(response[header: "X-Got-Expect"] == nil)
    #expect(response[header: "X-Got-User-Agent"]?.hasPrefix("langflix/") == true)
    #expect(response.duration > .zero)
  }

  @Test("an empty POST is a POST, and its type is not invented")
  func emptyPost() async throws {
    let server = try await FaultyServer()
    let response = try await HTTPClient().send(server.post("/echo", []))
    #expect(response[header: "X-Method"] == "POST")
    #expect(response[header: "X-Got-Content-Length"] == "0")
    #expect(response[header: "X-Got-Content-Type"] == nil)
    #expect(response.body.isEmpty)
  }

  @Test("each method goes out as it is called", arguments: ["GET", "PUT", "DELETE", "PATCH"])
  func methods(_ method: String) async throws {
    let server = try await FaultyServer()
    var request = server.post("/echo", method == "GET" ? [] : [1, 0, 2])
    request.method = method
    let response = try await HTTPClient().send(request)
    #expect(response[header: "X-Method"] == method)
    #expect(response.body == request.body)
  }

  @Test("the answer to HEAD has no body to wait for")
  func head() async throws {
    let server = try await FaultyServer()
    var request = server.get("/head")
    request.method = "HEAD"
    let response = try await HTTPClient().send(request)
    #expect(response[header: "X-Method"] == "HEAD")
    #expect(response.body.isEmpty)
  }

  @Test(
    "an error status is an answer, with its headers in order",
    arguments: [400, 401, 429, 500, 503, 529])
  func statuses(_ status: Int) async throws {
    let server = try await FaultyServer()
    let response = try await HTTPClient().send(server.post("/status/\(status)", [1]))
    #expect(response.status == status)
    #expect(response.bodyText == "status \(status)")
    #expect(response[header: "retry-after"] == "7")
    #expect(response[header: "x-empty"] == "")
    #expect(response.headers.suffix(2).map(\.value) == ["one", "two"])
    #expect(response[header: "X-Twice"] == "one")
  }

  @Test("a redirect is returned, and nobody is asked twice")
  func redirect() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    let response = try await client.send(server.post("/redirect", [1]))
    #expect(response.status == 302)
    #expect(response[header: "Location"] == "/echo")
    _ = try await client.send(server.get("/count"))
    #expect(await server.says("request GET /count"))
    #expect(
      server.log.lines.filter { $0.hasPrefix("request") } == [
        "request POST /redirect", "request GET /count",
      ])
  }

  @Test("an interim answer leaves nothing behind")
  func interim() async throws {
    let server = try await FaultyServer()
    let response = try await HTTPClient().send(server.get("/interim"))
    #expect(response.status == 200)
    #expect(response.bodyText == "final")
    #expect(response[header: "Link"] == nil)
    #expect(response[header: "X-Final"] == "yes")
  }

  @Test("a compressed body is decompressed")
  func gzip() async throws {
    let server = try await FaultyServer()
    let response = try await HTTPClient().send(server.get("/gzip"))
    #expect(response.body == Array(repeatElement("squeezed ", count: 1000).joined().utf8))
  }

  @Test("requests in a row share a connection")
  func keptConnection() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    for _ in 0..<20 { _ = try await client.send(server.post("/echo", [1])) }
    #expect((try await client.send(server.get("/count"))).bodyText == "1")
  }

  @Test("a kept connection that turns out dead is replaced without notice")
  func deadConnection() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    for _ in 0..<10 {
      #expect((try await client.send(server.post("/drop-later", [1]))).bodyText == "kept?")
    }
  }

  @Test("a hundred requests run side by side, and their connections are kept")
  func sideBySide() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    for _ in 0..<2 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            let body = Array("body \(number)".utf8)
            let response = try await client.send(server.post("/echo", body))
            #expect(response.body == body)
          }
        }
        try await group.waitForAll()
      }
    }
    let count = try #require(Int((try await client.send(server.get("/count"))).bodyText))
    #expect(count <= 100)
  }

  @Test("a thousand at once all get their answers, as many at a time as the limit says")
  func thousand() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<1_000 {
        group.addTask {
          let body = Array("\(number)".utf8)
          return Int((try await client.send(server.post("/echo", body))).bodyText) ?? -1
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 999 * 1_000 / 2)
    let count = try #require(Int((try await client.send(server.get("/count"))).bodyText))
    #expect(count <= HTTPOptions().transferLimit)
  }
}
