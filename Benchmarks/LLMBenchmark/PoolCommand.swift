import ArgumentParser
import Expressions
import Foundation
import LanguageModels
import Logging
import Pipeline
import Settings
import Store
import Subtitles
import SystemPackage

/// The pool as the daemon uses it: libcurl, ledger and all, without the episode around it.
struct PoolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool", abstract: "Have batches answered by a server, and time it.")

  @Option var origin: String
  @Option var batches: Int
  @Option var limit: Int
  @Option var perMinute: Int?
  @Option(help: "Stop after so many seconds and count.") var seconds: Double?

  func run() async throws {
    let folder = FilePath("\(NSTemporaryDirectory())/langflix-bench-\(UUID())")
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    let store = try EpisodeStore(folder: folder)
    let client = HTTPClient(options: HTTPOptions())
    defer { client.close() }
    let settings = ProviderSettings(
      name: "bench", kind: .openai, baseURL: "\(origin)/v1", model: "bench", limit: limit,
      requestsPerMinute: perMinute)
    var logger = Logger(label: "bench")
    logger.logLevel = .critical
    let extractor = LanguageModelExtractor(
      settings: settings, prompt: .builtIn, transport: client, memory: NoMemory(), logger: logger,
      now: { Date.now })
    let pool = ExtractionPool(
      lanes: [
        PoolLane(
          name: "bench", extractor: extractor,
          limits: ExtractorLimits(concurrency: limit, requestsPerMinute: perMinute),
          plan: BatchPlan(), day: ProviderDay(timeZone: .gmt))
      ], ledger: SpendingLedger(store: store), logger: logger)
    let run = PoolRun(pool: pool, batches: batches)
    // The connection, the first row and the lazy parts of the program are no part of what is compared.
    try await PoolRun(pool: pool, batches: 1).all()
    let began = ContinuousClock.now
    var answered = batches
    if let seconds {
      answered = await run.asManyAsPossible(in: .seconds(seconds))
    } else {
      try await run.all()
    }
    let took = ContinuousClock.now - began
    print(#"{"seconds": \#(took / .seconds(1)), "answered": \#(answered)}"#)
    try store.close()
  }
}

/// Remembers nothing: each run finds out for itself.
private struct NoMemory: EndpointMemory {
  func recall(_ endpoint: String) async throws -> String? { nil }
  func remember(_ facts: String, of endpoint: String) async throws {}
}
