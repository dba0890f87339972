import ArgumentParser
import Expressions
import Foundation
import Logging
import Pipeline
import Store
import SystemPackage

/// Batches through the pool with a provider that answers at once: what the pool itself costs.
struct NullCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "null", abstract: "Time and memory of the pool alone.")

  @Option var batches = 10_000
  @Option var limit = 50

  func run() async throws {
    let folder = FilePath("\(NSTemporaryDirectory())/langflix-bench-\(UUID())")
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    let store = try EpisodeStore(folder: folder)
    var logger = Logger(label: "bench")
    logger.logLevel = .critical
    let pool = ExtractionPool(
      lanes: [
        PoolLane(
          name: "null", extractor: NullExtractor(), limits: ExtractorLimits(concurrency: limit),
          plan: BatchPlan(), day: nil)
      ], ledger: SpendingLedger(store: store), logger: logger)
    var rows: [String] = []
    for _ in 1...5 {
      let began = ContinuousClock.now
      try await PoolRun(pool: pool, batches: batches / 5).all()
      let each = (ContinuousClock.now - began) / .microseconds(1) / Double(batches / 5)
      rows.append(#"{"us_per_batch": \#(each), "resident_kb": \#(Self.residentKilobytes())}"#)
    }
    print("[\(rows.joined(separator: ", "))]")
    try store.close()
  }

  private static func residentKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
    return line?.split(separator: " ").compactMap { Int($0) }.first ?? 0
  }
}

private struct NullExtractor: Extractor {
  let identity = ExtractorIdentity(name: "null", version: "1")

  func supports(sourceLanguage: String) -> Bool { true }

  func answer(
    to batch: Batch, for request: ExtractionRequest
  ) async throws -> ExtractorAnswer {
    ExtractorAnswer(answer: Answer(candidates: []))
  }
}
