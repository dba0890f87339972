import LanguageModels
import SystemPackage
import Testing

@Suite(
  "HTTP: TLS and HTTP/2",
  .enabled(if: FaultyServer.isAvailable && TestCertificate.isAvailable, "needs python3, openssl"),
  .timeLimit(.minutes(10)))
struct HTTPTrustTests {
  @Test("a certificate that nobody signed is refused, and accepted as the CA file")
  func selfSigned() async throws {
    let certificate = try TestCertificate(for: "IP:127.0.0.1")
    let server = try await FaultyServer(.tls(certificate))
    let refusal = await HTTPClient().failure(of: server.get("/echo"))
    #expect(refusal?.kind == .untrusted)
    #expect(refusal?.message.contains("self-signed") == true)
    let client = HTTPClient(options: .with { $0.caFile = certificate.file })
    #expect(try await client.send(server.post("/echo", [7])).body == [7])
    #expect(try await client.send(server.post("/echo", [8]))[header: "X-Connection"] == "2")
  }

  @Test("a trusted certificate for another host is refused")
  func wrongHost() async throws {
    let certificate = try TestCertificate(for: "DNS:other.example")
    let server = try await FaultyServer(.tls(certificate))
    let client = HTTPClient(options: .with { $0.caFile = certificate.file })
    let failure = await client.failure(of: server.get("/echo"))
    #expect(failure?.kind == .untrusted)
    #expect(failure?.message.contains("'127.0.0.1'") == true)
  }

  @Test(
    "a CA file that is none is the configuration's fault", arguments: ["/nowhere", "/dev/null"])
  func badFile(_ path: String) async throws {
    let server = try await FaultyServer(.tls(try TestCertificate(for: "IP:127.0.0.1")))
    let client = HTTPClient(options: .with { $0.caFile = FilePath(path) })
    let failure = await client.failure(of: server.get("/echo"))
    #expect(failure?.kind == .invalid)
    #expect(failure?.message.contains(path) == true)
  }

  @Test("TLS to a server that speaks none is 'untrusted'")
  func plainServer() async throws {
    let server = try await FaultyServer()
    var request = server.get("/echo")
    request.url = "https" + request.url.dropFirst(4)
    #expect(await HTTPClient().failure(of: request)?.kind == .untrusted)
  }

  @Test("a connection that breaks in the handshake says nothing about trust")
  func brokenHandshake() async throws {
    let server = try await FaultyServer(.rude)
    var request = server.get("/echo")
    request.url = "https" + request.url.dropFirst(4)
    #expect(await HTTPClient().failure(of: request)?.kind == .unreachable)
  }

  @Test(
    "HTTP/2 requests share a connection; cancelling resets a stream, or closes what nobody shares"
  )
  func http2() async throws {
    let certificate = try TestCertificate(for: "IP:127.0.0.1")
    let server = try await FaultyServer(.http2(certificate))
    let client = HTTPClient(options: .with { $0.caFile = certificate.file })
    let first = try await client.send(server.get("/"))
    #expect(first.status == 200)
    #expect(first.bodyText == "two")
    #expect(first[header: "x-connection"] == "1")

    let pending = Task { try await client.send(server.post("/", [1, 2, 3])) }
    #expect(await server.says("stream 3 on 1"))
    try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<50 {
        group.addTask { try await client.send(server.get("/"))[header: "x-connection"] }
      }
      for try await connection in group { #expect(connection == "1") }
    }

    let other = Task { try await client.send(server.post("/", [1, 2, 3])) }
    #expect(await server.says("stream 105 on 1"))
    pending.cancel()
    await #expect(throws: CancellationError.self) { try await pending.value }
    #expect(try await client.send(server.get("/"))[header: "x-connection"] == "1")
    #expect(await server.says("reset 3"))
    other.cancel()
    await #expect(throws: CancellationError.self) { try await other.value }
    #expect(await server.says("end 1"))
    #expect(try await client.send(server.get("/"))[header: "x-connection"] == "2")
  }
}
