import ModelServer
import NIOCore
import Synchronization
import Testing

@Suite("What the server says and records", .timeLimit(.minutes(10)))
struct ServerReplyTests {
  private static let text = "The quick brown fox."

  @Test("A reply has its status, headers and body; the request is recorded as it came")
  func wholeReply() async throws {
    try await ModelServer.serving(
      reply: { _ in
        .text(Self.text, status: 418, headers: ["Retry-After": "7", "X-Twice": "a"])
      },
      with: { server in
        let got = try await Program.curl(
          "-i", "-H", "X-Key: 1", "-H", "Authorization: Bearer hidden", "--data-binary", "a=ä",
          "\(server.origin)/some/p%20ath?q=%31&r")
        #expect(got.text.hasPrefix("HTTP/1.1 418"))
        #expect(got.text.hasSuffix("\r\n\r\n\(Self.text)"))
        #expect(got.text.contains("Retry-After: 7\r\n"))
        #expect(got.text.contains("Content-Length: \(Self.text.utf8.count)\r\n"))
        let request = try #require(server.requests().first)
        #expect(request.number == 1)
        #expect(request.method == "POST")
        #expect(request.path == "/some/p%20ath")
        #expect(request.query == "q=%31&r")
        #expect(request.headers["x-KEY"] == "1")
        #expect(request.body == Array("a=ä".utf8))
        #expect(request.receivedAt <= .now)
        #expect(!"\(request) \(request.headers)".contains("hidden"))
        var printed = ""
        dump(request, to: &printed)
        dump(request.headers, to: &printed)
        #expect(!printed.contains("hidden"))
      })
  }

  @Test("One connection serves several requests, which are numbered in order of arrival")
  func keepAlive() async throws {
    try await ModelServer.serving(
      reply: { .text("\($0.number)") },
      with: { server in
        let url = "\(server.origin)/"
        let got = try await Program.curl("-w", "%{num_connects}", url, url, url)
        #expect(got.text == "112030")
        #expect(server.requests().map(\.number) == [1, 2, 3])
        #expect(server.requests().map(\.receivedAt) == server.requests().map(\.receivedAt).sorted())
      })
  }

  @Test("A delayed reply is not begun before its time")
  func delay() async throws {
    try await ModelServer.serving(
      reply: { _ in
        .text("late").delayed(by: .milliseconds(300))
      },
      with: { server in
        let start = ContinuousClock.now
        let got = try await Program.curl("\(server.origin)/")
        #expect(got.text == "late")
        #expect(.now - start >= .milliseconds(300))
      })
  }

  @Test("Pieces come one after the other, each after its pause")
  func pieces() async throws {
    let slow = ScriptedReply.text(Self.text).slow(pieces: 4, pause: .milliseconds(100))
    try await ModelServer.serving(
      reply: { request in
        guard request.path == "/second-never" else { return slow }
        return ScriptedReply(
          body: .pieces([
            .init(Array("first".utf8)), .init(after: .seconds(3600), Array("second".utf8)),
          ]))
      },
      with: { server in
        let start = ContinuousClock.now
        let got = try await Program.curl("-i", "\(server.origin)/")
        #expect(got.text.hasSuffix("\r\n\r\n\(Self.text)"))
        #expect(got.text.lowercased().contains("transfer-encoding: chunked"))
        #expect(.now - start >= .milliseconds(400))

        let connection = try await RawConnection.connect(to: server)
        let first = try await connection.exchange(RawConnection.get("/second-never")) { inbound in
          var text = ""
          for try await part in inbound {
            text += String(buffer: part)
            if text.contains("first") { break }
          }
          return text
        }
        #expect(first.contains("first"))
        try await server.wait { $0.abandoned == [2] }
      })
  }

  @Test("A redirect names its place")
  func redirect() async throws {
    try await ModelServer.serving(
      reply: { request in
        request.path == "/there" ? .text(Self.text) : .redirect(to: "/there", status: 307)
      },
      with: { server in
        let got = try await Program.curl("-L", "-d", "x", "\(server.origin)/here")
        #expect(got.text == Self.text)
        #expect(server.requests().map(\.path) == ["/here", "/there"])
        #expect(server.requests().map(\.method) == ["POST", "POST"])
      })
  }

  @Test("A thousand replies wait side by side")
  func thousand() async throws {
    let count = 1000
    try OpenFiles.allow(2 * count + 500)
    let place = Mutex<ModelServer?>(nil)
    try await ModelServer.serving(
      reply: { request in
        // Nobody is answered before everybody is there.
        try? await place.withLock { $0 }?.waitForRequests(count)
        return .text("\(request.number)")
      },
      with: { server in
        place.withLock { $0 = server }
        defer { place.withLock { $0 = nil } }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
          for index in 0..<count {
            group.addTask {
              let connection = try await RawConnection.connect(to: server)
              return try await connection.exchange(RawConnection.get("/\(index)")) { inbound in
                for try await part in inbound { return String(buffer: part) }
                return ""
              }
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.hasPrefix("HTTP/1.1 200 OK") } == count)
        #expect(server.inFlightPeak == count)
        #expect(Set(server.requests().map(\.path)).count == count)
        #expect(server.traffic.inFlight.isEmpty)
      })
  }

  @Test("A client that asks again as soon as it is answered is never counted twice")
  func peak() async throws {
    try await ModelServer.serving(
      reply: { .text("\($0.number)") },
      with: { server in
        let urls = Array(repeating: "\(server.origin)/", count: 300)
        let got = try await Program.run("curl", ["--disable", "--noproxy", "*", "-s"] + urls)
        #expect(got.succeeded)
        #expect(server.requests().count == 300)
        #expect(server.inFlightPeak == 1)
      })
  }
}
