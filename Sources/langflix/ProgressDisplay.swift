import Control
import Foundation
import ServiceHost
import Synchronization
import SystemPackage

/// How far `process` has come: a bar on a terminal, plain lines into a pipe.
final class ProgressDisplay: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let lastText = Mutex("")

  private static let barWidth = 24

  func show(_ report: ProgressReport) {
    let name = Output.plain(FilePath(report.file).lastComponent?.string ?? report.file)
    guard isTerminal else {
      let isNew = lastText.withLock { last in
        defer { last = report.text }
        return last != report.text
      }
      if isNew { write("\(name): \(report.text)\n") }
      return
    }
    let filled = Int((report.fraction * Double(Self.barWidth)).rounded())
    let bar =
      String(repeating: "█", count: max(0, min(Self.barWidth, filled)))
      + String(repeating: "░", count: max(0, Self.barWidth - filled))
    write("\r\u{1B}[K\(bar) \(Int(report.fraction * 100)) %  \(name.prefix(40)): \(report.text)")
  }

  /// Leaves the line free for what comes next.
  func finish() {
    if isTerminal { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    StandardStream.error.write(text)
  }
}
