import ArgumentParser
import Expressions
import Foundation
import Store
import Subtitles
import SystemPackage

/// Work rows through the store: enqueued, claimed, completed; every one durable when it counts.
///
/// Prints one JSON object. The folder decides what a sync to the disk takes.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "StoreBenchmark", abstract: "How fast work rows go through the store.")

  @Option(help: "Work rows.")
  var rows = 100_000
  @Option(help: "Completions that are on their way at once, as from many batches.")
  var width = 256
  @Option(help: "Where the store lies meanwhile.")
  var folder = NSTemporaryDirectory()

  func run() async throws {
    let home = FilePath(folder).appending("langflix-store-\(UUID())")
    try FileManager.default.createDirectory(
      atPath: home.string, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: home.string) }
    let store = try EpisodeStore(folder: home)
    let workload = Workload(store: store, rows: rows, width: width)
    var report: [String: Double] = ["rows": Double(rows), "width": Double(width)]
    report["enqueue_per_s"] = try await workload.rate { try workload.enqueue() }
    let claims = try await workload.claims(1_000)
    report["claim_p50_ms"] = claims[claims.count / 2]
    report["claim_p99_ms"] = claims[claims.count * 99 / 100]
    report["counts_ms"] = try await workload.milliseconds { _ = try await store.counts() }
    report["overview_ms"] = try await workload.milliseconds {
      _ = try await store.overview(limit: 500)
    }
    report["complete_per_s"] = try await workload.rate { try await workload.complete() }
    report["claim_and_complete_per_s"] = try await workload.rate {
      try await workload.claimAndComplete()
    }
    report["one_by_one_per_s"] = try await workload.oneByOne(1_000)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
    try store.close()
  }
}
