import Expressions
import LanguageModels
import ModelServer
import Settings
import Testing

@Suite("Chat: what happens to connections", .timeLimit(.minutes(2)))
struct ChatConnectionTests {
  @Test("a connection that breaks is tried again by the caller", arguments: Vendor.allCases)
  func dropped(_ vendor: Vendor) async throws {
    for reply in [ScriptedReply.dropped, .json(["choices": []]).truncated(to: 5)] {
      try await serving(vendor, PlausibleModel { _ in .reply(reply) }) { extractor, server in
        #expect(await extractor.failure()?.kind == .retry)
        #expect(server.requests().count == 1)
      }
    }
  }

  @Test("so is a body that is slower than the time limit")
  func slow() async throws {
    let reply = ScriptedReply.json(["choices": []]).slow(pieces: 10, pause: .seconds(5))
    try await serving(.openai, PlausibleModel { _ in .reply(reply) }, timeLimit: .milliseconds(300))
    { extractor, _ in
      #expect(await extractor.failure()?.kind == .retry)
    }
  }

  @Test("and one without an end")
  func endless() async throws {
    let block = [UInt8](repeating: UInt8(ascii: "{"), count: 64 << 10)
    try await serving(
      .gemini, PlausibleModel { _ in .reply(.init(body: .endless(block, pause: .zero))) }
    ) {
      extractor, server in
      #expect(await extractor.failure()?.kind == .retry)
      #expect(server.requests().count == 1)
    }
  }

  @Test("a redirect is not followed, and no key goes with it", arguments: Vendor.allCases)
  func redirect(_ vendor: Vendor) async throws {
    try await ModelServer.serving(
      reply: { _ in .json([:]) },
      with: { stranger in
        for status in [301, 302, 307, 308] {
          let reply = ScriptedReply.redirect(to: "\(stranger.origin)/v1", status: status)
          try await serving(vendor, PlausibleModel { _ in .reply(reply) }) { extractor, server in
            let failure = await extractor.failure()
            #expect(failure?.kind == .refused)
            #expect(failure?.reason.contains("127.0.0.1") == true)
            #expect(server.requests().count == 1)
          }
        }
        #expect(stranger.requests().isEmpty)
      })
  }

  @Test("a certificate for another host is refused before anything is sent")
  func certificate() async throws {
    let files = try await TLSFiles.selfSigned(host: "other.example")
    defer { files.remove() }
    try await ModelServer.serving(
      tls: files, reply: { _ in .json([:]) },
      with: { server in
        var options = HTTPOptions()
        options.caFile = files.certificate
        let extractor = ChatSupport.extractor(
          try ChatSupport.settings(.anthropic, at: server.origin),
          transport: HTTPClient(options: options))
        #expect(await extractor.failure()?.kind == .refused)
        #expect(server.requests().isEmpty)
      })
  }

  @Test("a server that isn't there is waited for")
  func unreachable() async throws {
    let server = try await ModelServer.start { _ in .json([:]) }
    await server.stop()
    let extractor = ChatSupport.extractor(try ChatSupport.settings(.ollama, at: server.origin))
    #expect(await extractor.failure()?.kind == .unreachable)
  }

  @Test("cancelling ends a call that waits for its answer")
  func cancelled() async throws {
    let model = PlausibleModel(latency: .seconds(60))
    try await ModelServer.serving(
      reply: { model.reply(to: $0) },
      with: { server in
        let extractor = ChatSupport.extractor(try ChatSupport.settings(.openai, at: server.origin))
        let call = Task {
          try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
        }
        try await server.waitForRequests(1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        try await server.wait { $0.inFlight.isEmpty }
        #expect(server.traffic.abandoned == [1])
      })
  }
}
