import ModelServer
import NIOCore
import Synchronization
import SystemPackage
import Testing

@Suite("What goes wrong on purpose", .timeLimit(.minutes(10)))
struct ServerFaultTests {
  private static let text = "The quick brown fox."

  @Test("A truncated body declares more than comes before the connection closes")
  func truncated() async throws {
    let reply = ScriptedReply.text(Self.text).truncated(to: 9)
    try await ModelServer.serving(
      reply: { _ in reply },
      with: { server in
        let all = try await RawConnection.connect(to: server).everything(
          after: RawConnection.get("/"))
        #expect(all.contains("Content-Length: \(Self.text.utf8.count)\r\n"))
        #expect(all.hasSuffix("\r\n\r\nThe quick"))
        let got = try await Program.curl("\(server.origin)/")
        #expect(!got.succeeded)
        #expect(got.error.contains("(18)"), "\(got.error)")
      })
  }

  @Test("A dropped connection closes, after its delay, without a byte")
  func dropped() async throws {
    var reply = ScriptedReply.dropped
    reply.delay = .milliseconds(100)
    try await ModelServer.serving(
      reply: { [reply] _ in reply },
      with: { server in
        let start = ContinuousClock.now
        let all = try await RawConnection.connect(to: server).everything(
          after: RawConnection.get("/"))
        #expect(all.isEmpty)
        #expect(.now - start >= .milliseconds(100))
        let got = try await Program.curl("\(server.origin)/")
        #expect(got.error.contains("(52)"), "\(got.error)")
        #expect(server.requests().count == 2)
        #expect(server.traffic.abandoned.isEmpty)
      })
  }

  @Test("An endless body goes on until the client hangs up, which the server notices")
  func endless() async throws {
    let block = [UInt8](repeating: 0x78, count: 1024)
    try await ModelServer.serving(
      reply: { _ in
        ScriptedReply(body: .endless(block, pause: .zero))
      },
      with: { server in
        let connection = try await RawConnection.connect(to: server)
        let count = try await connection.exchange(RawConnection.get("/")) { inbound in
          var count = 0
          for try await part in inbound {
            count += part.readableBytes
            if count > 2_000_000 { break }
          }
          return count
        }
        #expect(count > 2_000_000)
        try await server.wait { $0.abandoned == [1] && $0.inFlight.isEmpty }
      })
  }

  @Test("A client that hangs up while its reply is delayed is noticed at once")
  func hangUp() async throws {
    try await ModelServer.serving(
      reply: { _ in
        .text("never").delayed(by: .seconds(3600))
      },
      with: { server in
        let connection = try await RawConnection.connect(to: server)
        try await connection.exchange(RawConnection.get("/")) { _ in
          try await server.waitForRequests(1)
          #expect(server.traffic.inFlight == [1])
        }
        try await server.wait { $0.abandoned == [1] && $0.inFlight.isEmpty }
      })
  }

  @Test("The script itself is cancelled when its client hangs up")
  func scriptCancelled() async throws {
    let wasCancelled = Mutex(false)
    try await ModelServer.serving(
      reply: { _ in
        try? await Task.sleep(for: .seconds(3600))
        wasCancelled.withLock { $0 = Task.isCancelled }
        return .text("never")
      },
      with: { server in
        let connection = try await RawConnection.connect(to: server)
        try await connection.exchange(RawConnection.get("/")) { _ in
          try await server.waitForRequests(1)
        }
        try await server.wait { $0.abandoned == [1] }
        #expect(wasCancelled.withLock { $0 })
      })
  }

  @Test("Stopping ends what is under way, and nobody can connect any more")
  func stop() async throws {
    let server = try await ModelServer.start { _ in .text("never").delayed(by: .seconds(3600)) }
    async let got = Program.curl("\(server.origin)/")
    try await server.waitForRequests(1)
    let waiting = Task { try await server.waitForRequests(99) }
    await server.stop()
    await server.stop()
    #expect(try await got.error.contains("(52)"))
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(try await Program.curl("\(server.origin)/").error.contains("(7)"))
  }

  @Test("A taken port is an error, and so is a certificate that is none")
  func startFails() async throws {
    try await ModelServer.serving(
      reply: { _ in .text("") },
      with: { server in
        _ = await #expect(throws: (any Error).self) {
          _ = try await ModelServer.start(port: server.port) { _ in .text("") }
        }
      })
    await #expect(throws: (any Error).self) {
      let files = TLSFiles(certificate: "/nonexistent.pem", key: "/nonexistent.pem")
      _ = try await ModelServer.start(tls: files) { _ in .text("") }
    }
  }

  @Test("Waiting ends when the waiting task is cancelled")
  func cancelledWait() async throws {
    try await ModelServer.serving(
      reply: { _ in .text("") },
      with: { server in
        let waiting = Task { try await server.waitForRequests(1) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
      })
  }
}
