import LanguageModels
import Testing

@Suite(
  "HTTP: servers that fail", .enabled(if: FaultyServer.isAvailable, "needs python3"),
  .timeLimit(.minutes(10)))
struct HTTPFaultTests {
  @Test(
    "a connection that breaks after the request is 'dropped'",
    arguments: ["/drop", "/drop-inside", "/drop-chunked", "/garbage", "/gzip-broken"])
  func dropped(_ path: String) async throws {
    let server = try await FaultyServer()
    var request = server.post(path + "?key=secret", [1])
    request.headers = [HTTPHeader("Authorization", "Bearer secret")]
    let failure = await HTTPClient().failure(of: request)
    #expect(failure?.kind == .dropped)
    #expect(failure?.message.contains("127.0.0.1:\(server.port)") == true)
    #expect(failure?.message.contains("secret") == false)
  }

  @Test("a port that nobody listens on is 'unreachable'")
  func refused() async throws {
    var server: FaultyServer? = try await FaultyServer(.full)
    let request = try #require(server).get("/")
    let log = try #require(server).log
    server = nil
    #expect(await log.line { _ in false } == nil)
    let failure = await HTTPClient().failure(of: request)
    #expect(failure?.kind == .unreachable)
    #expect(failure?.message.contains("can't connect") == true)
  }

  @Test("a host that has no address is 'unreachable'")
  func unknownHost() async throws {
    let failure = await HTTPClient().failure(
      of: HTTPRequest(url: "http://nothing.invalid/x?y=z", timeLimit: .seconds(60)))
    #expect(failure?.kind == .unreachable)
    #expect(failure?.message.hasPrefix("nothing.invalid: ") == true)
    #expect(failure?.message.contains("y=z") == false)
  }

  @Test("the limit for connecting ends a connection that is never answered")
  func connectTimeLimit() async throws {
    let server = try await FaultyServer(.full)
    let client = HTTPClient(options: .with { $0.connectTimeLimit = .milliseconds(700) })
    let failure = await client.failure(of: server.get("/"))
    #expect(failure?.kind == .unreachable)
    #expect(failure?.message.contains("no connection within 0.7 seconds") == true)
  }

  @Test(
    "the request's time limit ends it wherever it is",
    arguments: ["/drip", "/hang", "/endless"])
  func timeLimit(_ path: String) async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.responseByteLimit = .max })
    let failure = await client.failure(of: server.get(path, timeLimit: .seconds(1)))
    #expect(failure?.kind == .timedOut)
    #expect(failure?.message.contains("within 1.0 seconds") == true)
    #expect(await server.says("gone \(path)"))
  }

  @Test("the time limit also runs while a request waits for its turn")
  func timeLimitInTheQueue() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.transferLimit = 1 })
    let first = Task { try await client.send(server.get("/hang")) }
    #expect(await server.says("waiting /hang"))
    let failure = await client.failure(of: server.get("/echo", timeLimit: .milliseconds(200)))
    #expect(failure?.kind == .timedOut)
    #expect(failure?.message.contains("waited for other requests") == true)
    first.cancel()
    #expect(!server.log.lines.contains("request GET /echo"))
    #expect(try await client.send(server.get("/echo")).status == 200)
  }

  @Test("no time at all is a time limit too", arguments: [Duration.zero, .seconds(-5)])
  func noTime(_ limit: Duration) async throws {
    let server = try await FaultyServer()
    #expect(await HTTPClient().failure(of: server.get("/", timeLimit: limit))?.kind == .timedOut)
  }

  @Test("a time limit beyond all clocks is none")
  func endlessTime() async throws {
    let server = try await FaultyServer()
    let request = server.get("/echo", timeLimit: .seconds(Int64.max))
    #expect(try await HTTPClient().send(request).status == 200)
  }

  @Test("a server may think longer than a body may stand still")
  func lateAnswer() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(
      options: .with {
        $0.lowSpeedLimit = 1_000
        $0.lowSpeedSpan = .milliseconds(500)
      })
    #expect((try await client.send(server.get("/late/2"))).bodyText == "late")
    #expect((try await client.send(server.get("/blank/4"))).bodyText == "\n\n\n\n{}")
  }

  @Test("a body that stands still, or drips, is given up", arguments: ["/stall", "/drip"])
  func slowBody(_ path: String) async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(
      options: .with {
        $0.lowSpeedLimit = 100
        $0.lowSpeedSpan = .milliseconds(500)
      })
    let failure = await client.failure(of: server.get(path))
    #expect(failure?.kind == .timedOut)
    #expect(failure?.message.contains("slower than 100 B/s") == true)
    #expect(await server.says("gone \(path)"))
  }

  @Test(
    "an answer without end is cut at the size limit",
    arguments: ["/endless", "/gzip-bomb", "/endless-header"])
  func tooLarge(_ path: String) async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.responseByteLimit = 1 << 20 })
    #expect(await client.failure(of: server.get(path))?.kind == .tooLarge)
    #expect(await server.says("gone \(path)"))
  }

  @Test("the size limit is exact", arguments: [(4, true), (3, false)])
  func sizeLimit(_ limit: Int, _ isEnough: Bool) async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.responseByteLimit = limit })
    let request = server.post("/echo", [1, 2, 3, 4])
    if isEnough {
      #expect(try await client.send(request).body == [1, 2, 3, 4])
    } else {
      #expect(await client.failure(of: request)?.kind == .tooLarge)
    }
  }
}
