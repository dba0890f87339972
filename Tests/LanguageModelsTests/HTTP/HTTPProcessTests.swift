import Foundation
import LanguageModels
import Testing

/// What belongs to the whole process is tested in processes of its own.
@Suite(
  "HTTP: threads, sockets and environment of the process",
  .enabled(if: FaultyServer.isAvailable, "needs python3"), .timeLimit(.minutes(10)))
struct HTTPProcessTests {
  private static func get(_ url: String) -> HTTPRequest {
    HTTPRequest(method: "GET", url: url, timeLimit: .seconds(60))
  }

  /// Whether a thread of a client runs in this process.
  private static var hasThread: Bool {
    let folder = "/proc/self/task"
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return tasks.contains { task in
      (try? String(contentsOfFile: "\(folder)/\(task)/comm", encoding: .utf8)) == "langflix-http\n"
    }
  }

  /// A detached thread tells nobody of its end, so this looks again and again.
  private static func waitForThreadEnd() async throws {
    let latest = ContinuousClock.now + .seconds(30)
    while hasThread {
      try #require(ContinuousClock.now < latest, "the thread stays")
      await Task.yield()
    }
  }

  @Test("the thread comes with the first request and goes with the client")
  func threads() async throws {
    let server = try await FaultyServer()
    let url = server.url("/echo")
    await #expect(processExitsWith: .success) { [url = url as String] in
      for _ in 0..<20 {
        var client: HTTPClient? = HTTPClient()
        #expect(!Self.hasThread)
        _ = try await client?.send(Self.get(url))
        #expect(Self.hasThread)
        client = nil
        try await Self.waitForThreadEnd()
      }
      let client = HTTPClient()
      _ = try await client.send(Self.get(url))
      client.close()
      await client.closed()
      try await Self.waitForThreadEnd()
    }
  }

  @Test("a program that is started meanwhile inherits no connection")
  func sockets() async throws {
    let server = try await FaultyServer()
    let (url, port) = (server.url("/echo"), server.port)
    await #expect(processExitsWith: .success) { [url = url as String, port = port as Int] in
      let client = HTTPClient()
      let response = try await client.send(Self.get(url))
      #expect(response.status == 200)
      var count = 0
      for descriptor in Int32(0)..<256 {
        var peer = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isSocket = withUnsafeMutablePointer(to: &peer) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            getpeername(descriptor, $0, &size) == 0
          }
        }
        guard isSocket, peer.sin_port == in_port_t(port).bigEndian else { continue }
        count += 1
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
      }
      #expect(count == 1)
    }
  }

  @Test("the environment's proxy is asked, but for the hosts that need none")
  func proxy() async throws {
    let server = try await FaultyServer()
    let proxy = "http://127.0.0.1:\(server.port)"
    await #expect(processExitsWith: .success) { [proxy = proxy as String] in
      setenv("http_proxy", proxy, 1)
      setenv("HTTPS_PROXY", proxy, 1)
      setenv("NO_PROXY", "127.0.0.1", 1)
      let client = HTTPClient()
      let answer = try await client.send(Self.get("http://model.example/v1?a=b"))
      #expect(answer.bodyText == "proxied http://model.example/v1?a=b")
      #expect(try await client.send(Self.get(proxy + "/echo"))[header: "X-Target"] == "/echo")
      let refusal = await client.failure(of: Self.get("https://model.example/v1"))
      #expect(refusal?.kind == .unreachable)
      #expect(refusal?.message.contains("the proxy refused the connection with status 403") == true)
    }
  }
}
