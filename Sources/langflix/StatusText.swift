import Control
import Foundation
import SystemPackage

/// The status in words.
enum StatusText {
  /// The outcome of one file, for `process`.
  static func result(of report: EpisodeReport) -> String {
    let name = Output.plain(FilePath(report.path).lastComponent?.string ?? report.path)
    let reason = report.reason.map { ": \(Output.plain($0))" } ?? ""
    switch report.state {
    case "done" where report.clips > 0:
      let folder = report.folder.map(Output.plain) ?? "?"
      let partly = report.clipsFailed + report.batches.failed > 0 ? reason : ""
      return "\(name): \(count(report.clips, "clip")) in \(folder)\(partly)"
    case "done": return "\(name): done, no clips\(reason)"
    case "needs_subtitles": return "\(name): waits for subtitles\(reason)"
    case "needs_provider": return "\(name): waits for a provider\(reason)"
    case "failed": return "\(name): failed\(reason)"
    case "gone": return "\(name): the file is gone"
    default: return "\(name): \(report.state), tried again \(time(report.nextAttemptAt))\(reason)"
    }
  }

  static func lines(_ report: StatusReport) -> [String] {
    var lines = [
      "langflix \(report.version), \(report.isRunning ? "daemon running" : "no daemon running"), provider \(report.provider)"
    ]
    if !report.isRunning {
      lines.append("nothing is watched until it runs: langflix serve, or systemctl start langflix")
    }
    if let dashboard = report.dashboard { lines.append("dashboard: \(dashboard)") }
    if let pause = report.pause { lines += Self.pause(pause) }
    lines += report.providers.filter { $0.isCounted || $0.closed != nil }.map(provider)
    if report.libraries.isEmpty {
      lines.append(
        "no library is configured: set LANGFLIX_MEDIA=/folder, or list folders under libraries in langflix.yaml"
      )
    }
    for library in report.libraries {
      let watch = library.isWatched ? "watched, \(count(library.folders, "folder"))" : "not watched"
      lines.append("library \(library.name): \(Output.plain(library.root)) (\(watch))")
      lines += library.troubles.map { "  trouble: \(Output.plain($0))" }
      lines += library.notes.map { "  note: \(Output.plain($0))" }
    }
    let counts = report.counts.filter { $0.key != "left_alone" }.sorted { $0.key < $1.key }
    lines.append(
      counts.isEmpty
        ? "no episodes yet"
        : "episodes: " + counts.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    if report.backlog.episodes > 0 { lines += backlog(report.backlog) }
    let refusing = report.providers.filter { $0.closed?.hasPrefix("refused: ") == true }.map(\.name)
    lines += report.episodes.map { episode($0, refusing) }
    return lines
  }

  static func pause(_ report: PauseReport) -> [String] {
    var lines: [String] = []
    if let since = report.allSince {
      lines.append("paused since \(dayAndTime(since)): langflix resume lets work go on")
    } else if let since = report.backlogSince {
      lines.append("backlog paused since \(dayAndTime(since)): langflix resume lets it go on")
    }
    if let reason = report.reason { lines.append("standing still: \(Output.plain(reason))") }
    return lines
  }

  static func dayAndTime(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(
        includingFractionalSeconds: false)) + " UTC"
  }

  static func reask(_ report: ReaskReport) -> String {
    guard report.requests > 0 else {
      return """
        \(count(report.episodes, "episode")) by \(Output.plain(report.provider)): every answer is kept, so it \
        costs no request and no money
        """
    }
    let days = report.days > 1 ? ", \(report.days) days of the provider's budget" : ""
    return """
      \(count(report.episodes, "episode")) by \(Output.plain(report.provider)): \
      \(count(report.requests, "request")), about \(report.inputTokens) tokens in and \(report.outputTokens) out, \
      \(number(report.costUsd, 2)) USD\(days)
      """
  }

  static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  static func day(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day())
  }

  private static func provider(_ report: ProviderReport) -> String {
    var text =
      "provider \(Output.plain(report.name)): \(count(report.requestsToday, "request")) today"
    if report.usdToday > 0 { text += ", \(number(report.usdToday, 4)) USD" }
    if report.inFlight + report.waiting > 0 {
      text += "; \(report.inFlight) of \(report.limit) in flight, \(report.waiting) waiting"
    }
    if let closed = report.closed { text += "; closed: \(Output.plain(closed))" }
    return text
  }

  static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  private static func backlog(_ backlog: StatusReport.BacklogReport) -> [String] {
    let money = number(backlog.costUsd, 2)
    let price =
      backlog.requests == 0
      ? "no request and no money"
      : "\(count(backlog.requests, "request")), \(money) USD\(backlog.days > 0 ? " and \(count(backlog.days, "day")) of budget" : "")"
    let some = min(10, backlog.episodes)
    return [
      """
      backlog: \(count(backlog.episodes, "episode")) (\(backlog.sourceBytes / 1_000_000) MB), there before the first \
      scan, left alone; would take \(price), and about \(backlog.clipBytes / 1_000_000) MB for clips
      """,
      "  take them: langflix retry --backlog \(some) (the newest), or --backlog all",
    ]
  }

  /// - Parameter refusing: the names of providers whose own lines say why they refuse.
  private static func episode(_ report: EpisodeReport, _ refusing: [String]) -> String {
    var text = "  [\(report.id)] \(Output.plain(report.name)): \(report.state)"
    if report.batches.total > 0, report.state == "extracting" {
      text += ", \(report.batches.done) of \(report.batches.total) batches"
    }
    if report.clips > 0 { text += ", \(count(report.clips, "clip"))" }
    if report.batches.failed > 0 {
      text += ", \(report.batches.failed) of \(report.batches.total) batches failed"
    }
    if let next = report.nextAttemptAt { text += ", tried again \(time(next))" }
    if let reason = report.reason {
      let provider = refusing.first { reason.hasPrefix("\($0) refuses: ") }
      text += ": " + (provider.map { "\($0) refuses, see above" } ?? Output.plain(reason))
    }
    for path in report.otherPaths { text += "\n    also at \(Output.plain(path))" }
    return text
  }

  private static func time(_ seconds: Double?) -> String {
    guard let seconds else { return "later" }
    let date = Date(timeIntervalSince1970: seconds)
    return "at " + date.formatted(.iso8601.time(includingFractionalSeconds: false)) + " UTC"
  }
}
