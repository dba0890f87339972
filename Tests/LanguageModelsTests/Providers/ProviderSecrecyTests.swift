import Expressions
import LanguageModels
import Logging
import Settings
import Synchronization
import Testing

/// The key is in one header and nowhere else: not in the log, the memory, a reason or an identity.
struct ProviderSecrecyTests {
  /// Every line with all of its metadata.
  private final class Lines: LogHandler, Sendable {
    private let state = Mutex<(lines: [String], metadata: Logger.Metadata)>(([], [:]))
    var logLevel: Logger.Level {
      get { .trace }
      set {}
    }
    var metadata: Logger.Metadata {
      get { state.withLock { $0.metadata } }
      set { state.withLock { $0.metadata = newValue } }
    }
    var all: [String] { state.withLock { $0.lines } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { state.withLock { $0.metadata[key] } }
      set { state.withLock { $0.metadata[key] = newValue } }
    }

    func log(event: LogEvent) {
      state.withLock {
        $0.lines.append("\(event.level) \(event.message) \(event.metadata ?? [:]) \($0.metadata)")
      }
    }
  }

  @Test(arguments: ProviderSettings.Kind.allCases)
  func keyIsNowhere(_ kind: ProviderSettings.Kind) async throws {
    let lines = Lines()
    let bench = ProviderBench(
      kind,
      ProviderScript(
        .json(
          #"{"error": {"message": "json schema format tool_choice unsupported"}}"#, status: 400),
        ProviderReplies.text(ProviderReplies.answer, from: kind),
        ProviderReplies.text("no JSON", from: kind),
        HTTPResponse(401, [:], #"{"error": {"message": "bad key"}}"#)),
      logger: Logger(label: "test") { _ in lines })
    _ = try await bench.answer()
    var seen = ["\(bench.extractor.identity)"]
    for _ in 1...2 {
      let failure = await #expect(throws: ExtractionFailure.self) { try await bench.answer() }
      seen.append(String(reflecting: failure))
    }
    // Before it has sent anything, for the script keeps the requests.
    let fresh = ProviderBench(kind, ProviderScript())
    var dumped = ""
    dump(fresh.extractor, to: &dumped)
    seen += lines.all + [dumped, "\(await bench.notebook.facts)"]
    #expect(!lines.all.isEmpty)
    #expect(lines.all.contains { $0.hasPrefix("notice") })
    #expect(seen.filter { $0.contains(ProviderBench.key) }.isEmpty)
  }

  /// Servers and gateways quote what they were sent.
  @Test(arguments: ProviderSettings.Kind.allCases, [400, 401, 429, 500])
  func echoedKeyIsNotRepeated(_ kind: ProviderSettings.Kind, _ status: Int) async throws {
    let echo = HTTPResponse.json(
      #"{"error": {"message": "Bearer \#(ProviderBench.key) is wrong"}}"#, status: status)
    let bench = ProviderBench(kind, ProviderScript(echo, echo, echo, echo, echo))
    let failure = await #expect(throws: ExtractionFailure.self) { try await bench.answer() }
    #expect(failure?.reason.contains(ProviderBench.key) == false)
  }

  @Test func identityNamesWhatAnAnswerDependsOn() {
    func identity(_ baseURL: String, model: String, temperature: Double?) -> ExtractorIdentity {
      ProviderBench(
        .openai, ProviderScript(), baseURL: baseURL, model: model, temperature: temperature
      ).extractor.identity
    }
    let one = identity("https://user:secret@host.test:8443/v1", model: "m", temperature: nil)
    #expect(one.name == "openai@host.test:8443")
    #expect(
      identity("https://host.test/v1", model: "m", temperature: nil).name == "openai@host.test")
    #expect(one.version.contains("m") && one.version.contains(AnswerSchema.version))
    let others = [
      identity("https://host.test:8443/v1", model: "n", temperature: nil),
      identity("https://host.test:8443/v1", model: "m", temperature: 0.5),
    ]
    #expect(Set(([one] + others).map(\.version)).count == 3)
  }
}
