import ArgumentParser
import Foundation
import Library
import Logging
import Settings
import SystemPackage

/// What `Benchmarks/library.py` runs and compares: watches a folder, says when it is ready, and does what the lines of
/// its input ask for. Each answer is one JSON object on one line.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "LibraryBenchmark",
    abstract: "Watch a folder: time to ready, latency, bursts, memory, idle time.")

  @Argument(help: "The folder to watch.")
  var folder: String

  @Option(help: "Seconds that a file must stay unchanged.")
  var settle = 0.2

  @Flag(
    help: "Nothing is known yet, as at a library's first scan; else all that lies there is known.")
  var first = false

  func run() throws {
    let journal = Journal(isFirst: first)
    var hooks = WatchHooks()
    hooks.didNotice = { journal.noticed($0) }
    let watcher = LibraryWatcher(
      libraries: [LibrarySettings(name: "bench", root: FilePath(folder), backlog: .none)],
      watch: WatchSettings(settle: .seconds(settle)), memory: journal,
      logger: Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() }), hooks: hooks)
    let ended = DispatchSemaphore(value: 0)
    // Unstructured, for the lines of input are read on this thread meanwhile.
    let watching = Task {
      defer { ended.signal() }
      try await watcher.run()
    }
    let scan = journal.waitForScan()
    Self.answer(["files": scan.files, "folders": scan.folders, "kib": Usage.residentKiB])
    let drops = Drops(folder: FilePath(folder), journal: journal)
    while let line = readLine() {
      let words = line.split(separator: " ")
      switch (words.first, words.dropFirst().first.flatMap { Int($0) }) {
      case ("latency", let count?): Self.answer(["microseconds": try drops.latencies(of: count)])
      case ("burst", let count?):
        let (missed, seconds) = try drops.burst(of: count)
        Self.answer(["missed": missed, "seconds": seconds])
      case ("usage", _):
        Self.answer(["cpu_ms": Usage.processorMilliseconds, "kib": Usage.residentKiB])
      default: throw ValidationError("no such request: \(line)")
      }
    }
    watching.cancel()
    ended.wait()
  }

  private static func answer(_ values: [String: Any]) {
    guard let data = try? JSONSerialization.data(withJSONObject: values) else { return }
    FileHandle.standardOutput.write(data + [0x0A])
  }
}
