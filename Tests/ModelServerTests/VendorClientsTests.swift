import Expressions
import ModelServer
import Synchronization
import Testing

/// The vendors' own Python clients judge the test server, and with it what stands in for them in
/// all other tests.
@Suite(
  .enabled(
    // CI creates the environment with `make llm-clients`; it needs PyPI.
    if: VendorClients() != nil, Comment(rawValue: VendorClients.hint)))
struct VendorClientsTests {
  @Test("Every client understands every answer and every failure", .timeLimit(.minutes(10)))
  func server() async throws {
    let clients = try #require(VendorClients())
    let asked = Mutex<Set<String>>([])
    let model = PlausibleModel { request in
      let isFirst = asked.withLock { $0.insert("\(request.vendor) \(request.model)").inserted }
      return ClientScenario(rawValue: request.model)?.trouble(for: request, isFirst: isFirst)
    }
    let outcome = try await ModelServer.serving(
      reply: { model.reply(to: $0) },
      with: { server in
        let outcome = try await clients.prove(server: server)
        let requests = server.requests()
        #expect(requests.count > 100)
        #expect(requests.allSatisfy { ModelRequest($0)?.hasKey == ($0.path != "/api/chat") })
        return outcome
      })
    print(outcome.output)
    #expect(outcome.succeeded, "\(outcome.output)\(outcome.complaints)")
  }

  @Test("A server that only says 'yes' convinces no client", .timeLimit(.minutes(10)))
  func badServer() async throws {
    let clients = try #require(VendorClients())
    try await ModelServer.serving(
      reply: { _ in .json(["yes": true]) },
      with: { server in
        let outcome = try await clients.prove(server: server)
        let lines = outcome.output.split(whereSeparator: \.isNewline)
        let passed = lines.filter { $0.hasPrefix("ok") }
        #expect(!outcome.succeeded)
        #expect(lines.count { $0.hasPrefix("FAIL") } > 90)
        #expect(passed.isEmpty, "\(passed)")
      })
  }

  @Test("Good requests are taken by the types of the packages and sent alike by their clients")
  func goodRequests() async throws {
    let clients = try #require(VendorClients())
    let requests = Vendor.allCases.map { Samples.request($0) }
    let outcome = try await clients.parse(requests)
    print(outcome.output)
    #expect(outcome.succeeded, "\(outcome.output)\(outcome.complaints)")
    #expect(outcome.output.count { $0.isNewline } == 2 * Vendor.allCases.count + 1)
    #expect(!String(decoding: RecordedRequest.export(requests), as: UTF8.self).contains("hidden"))
  }

  struct BadRequest: Sendable {
    var vendor: Vendor
    /// Where the unknown key goes.
    var place: [String]

    var request: RecordedRequest {
      let body = spoil(.object(Samples.body(vendor)), at: place[...])
      guard case .object(let members) = body else { return Samples.request(vendor) }
      return Samples.request(vendor, members)
    }

    private func spoil(_ value: JSONValue, at place: ArraySlice<String>) -> JSONValue {
      switch value {
      case .object(var members):
        if let next = place.first {
          members[next] = members[next].map { spoil($0, at: place.dropFirst()) }
        } else {
          members["no_such_key"] = 1
        }
        return .object(members)
      case .array(let elements): return .array(elements.map { spoil($0, at: place) })
      default: return value
      }
    }
  }

  @Test("A key that the vendor does not know is found, wherever it is, and so is an unknown route")
  func badRequests() async throws {
    let clients = try #require(VendorClients())
    let bad = [
      BadRequest(vendor: .openai, place: []),
      BadRequest(vendor: .openai, place: ["messages"]),
      BadRequest(vendor: .openai, place: ["response_format", "json_schema"]),
      BadRequest(vendor: .anthropic, place: []),
      BadRequest(vendor: .anthropic, place: ["messages"]),
      BadRequest(vendor: .anthropic, place: ["tools"]),
      BadRequest(vendor: .anthropic, place: ["tool_choice"]),
      BadRequest(vendor: .gemini, place: []),
      BadRequest(vendor: .gemini, place: ["contents", "parts"]),
      BadRequest(vendor: .gemini, place: ["generationConfig"]),
      BadRequest(vendor: .gemini, place: ["generationConfig", "responseSchema"]),
      BadRequest(vendor: .ollama, place: []),
      BadRequest(vendor: .ollama, place: ["messages"]),
      BadRequest(vendor: .ollama, place: ["options"]),
    ]
    var unknown = Samples.request(.openai)
    unknown.path = "/v1/completions"
    let outcome = try await clients.parse(bad.map(\.request) + [unknown])
    #expect(!outcome.succeeded)
    let verdicts = outcome.output.split(whereSeparator: \.isNewline)
    for (index, bad) in bad.enumerated() {
      let types = verdicts.first { $0.contains("request \(index + 1) (\(bad.vendor))") }
      #expect(types?.hasPrefix("FAIL") == true, "\(bad.vendor) \(bad.place)")
    }
    // The wording is the packages' own, so only the key's name is sure to be in it.
    #expect(outcome.output.count { $0.isNewline } > bad.count)
    #expect(outcome.output.contains("no_such_key"))
    #expect(outcome.output.contains("no vendor knows /v1/completions"))
  }
}
