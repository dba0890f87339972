import ModelServer
import SystemPackage
import Testing

@Suite("TLS and HTTP/2", .timeLimit(.minutes(10)))
struct ServerTLSTests {
  private static let text = "The quick brown fox."

  @Test("TLS: trusted for its own host only")
  func tls() async throws {
    let files = try await TLSFiles.selfSigned(host: "127.0.0.1")
    let other = try await TLSFiles.selfSigned(host: "elsewhere.example")
    defer {
      files.remove()
      other.remove()
    }
    try await ModelServer.serving(
      tls: files, reply: { _ in .text(Self.text) },
      with: { server in
        #expect(server.origin == "https://127.0.0.1:\(server.port)")
        let trusted = try await Program.curl("--cacert", files.certificate.string, server.origin)
        #expect(trusted.text == Self.text, "\(trusted.error)")
        let unknown = try await Program.curl(server.origin)
        #expect(unknown.error.contains("(60)"), "\(unknown.error)")
      })
    try await ModelServer.serving(
      tls: other, reply: { _ in .dropped },
      with: { server in
        let wrong = try await Program.curl("--cacert", other.certificate.string, server.origin)
        #expect(wrong.error.contains("(60)"), "\(wrong.error)")
        let careless = try await Program.curl("--insecure", server.origin)
        #expect(careless.error.contains("(52)"), "\(careless.error)")
      })
  }

  @Test("HTTP/2 is spoken where it is offered, and its faults are seen")
  func http2() async throws {
    let files = try await TLSFiles.selfSigned(host: "127.0.0.1")
    defer { files.remove() }
    try await ModelServer.serving(
      tls: files, offersHTTP2: true,
      reply: { request in
        switch request.path {
        case "/dropped": .dropped
        case "/truncated": .text(Self.text).truncated(to: 9)
        case "/slow": .text("never").delayed(by: .seconds(3600))
        default: .text(Self.text, headers: ["Retry-After": "7"])
        }
      },
      with: { server in
        let curl = { (arguments: [String]) in
          try await Program.run(
            "curl",
            ["--disable", "--noproxy", "*", "-sS", "--cacert", files.certificate.string] + arguments
          )
        }
        let good = try await curl([
          "-d", "x", "-w", " %{http_version} %header{retry-after}", server.origin,
        ])
        #expect(good.text == "\(Self.text) 2 7", "\(good.error)")
        let old = try await curl(["--http1.1", "-w", " %{http_version}", server.origin])
        #expect(old.text == "\(Self.text) 1.1", "\(old.error)")
        for path in ["dropped", "truncated"] {
          let got = try await curl(["\(server.origin)/\(path)"])
          #expect(!got.succeeded, "\(path)")
        }
        let slow = try await curl(["--max-time", "1", "\(server.origin)/slow"])
        #expect(slow.error.contains("(28)"), "\(slow.error)")
        try await server.wait { $0.abandoned == [5] && $0.inFlight.isEmpty }
        #expect(server.requests().first?.method == "POST")
        #expect(server.requests().first?.path == "/")
      })
  }
}
