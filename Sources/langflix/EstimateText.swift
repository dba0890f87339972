import Control
import Foundation

/// What episodes would take, in words.
enum EstimateText {
  static func lines(_ report: EstimateReport, isBacklog: Bool) -> [String] {
    let known =
      report.known > 0 ? "; \(StatusText.count(report.known, "other")) done or in work" : ""
    guard report.episodes > 0 else {
      let what =
        isBacklog
        ? "no backlog was left alone: name a folder to have its episodes looked at"
        : "no episode here that nothing was done for"
      return [what + known]
    }
    var lines = [
      """
      \(StatusText.count(report.episodes, "episode")) (\(bytes(report.sourceBytes)))\(known), by \
      \(Output.plain(report.provider))
      """
    ]
    lines.append(row("estimated from", basis(report)))
    lines.append(row("requests", requests(report)))
    if report.requests.most > 0 {
      lines.append(
        row(
          "tokens",
          """
          \(span(report.inputTokens, thousands)) in, \(span(report.outputTokens, thousands)) out
          """))
      let money = span(report.costUsd) { StatusText.number($0, 2) }
      lines.append(
        row(
          "money",
          report.hasPrice
            ? "\(money) USD"
            : """
            0 USD by its settings; if it costs something, set the provider's input_usd_per_million and \
            output_usd_per_million
            """))
      lines.append(row("days", days(report)))
    }
    let clips = span(report.clips) { "\($0)" }
    lines.append(row("clips", "\(clips), \(span(report.clipBytes, bytes))"))
    lines.append(
      "no request was made for this; answers that fail and are asked again are not in it")
    return lines
  }

  private static func row(_ name: String, _ text: String) -> String {
    "  \(name.padding(toLength: 16, withPad: " ", startingAt: 0))\(text)"
  }

  private static func basis(_ report: EstimateReport) -> String {
    var parts: [String] = []
    if report.subtitlesRead > 0 {
      parts.append("the subtitles beside \(report.subtitlesRead), which were read")
    }
    if report.subtitlesInside > 0 {
      parts.append("the length of \(report.subtitlesInside) with subtitles inside")
    }
    if report.waiting > 0 {
      parts.append("\(report.waiting) without subtitles or provider count nothing")
    }
    if report.leftOut > 0 {
      parts.append("\(report.leftOut) in another language or unreadable count nothing")
    }
    if report.lookedAt < report.episodes {
      parts.append("\(report.lookedAt) were looked at and stand for all")
    }
    return parts.joined(separator: "; ")
  }

  private static func requests(_ report: EstimateReport) -> String {
    let kept =
      report.keptAnswers > 0
      ? "; \(StatusText.count(report.keptAnswers, "more answer")) kept already" : ""
    return report.requests.most == 0 ? "none\(kept)" : span(report.requests) { "\($0)" } + kept
  }

  private static func days(_ report: EstimateReport) -> String {
    let limits = [
      report.requestsPerDay.map { "\(StatusText.count($0, "request")) a day" },
      report.usdPerDay.map { "\(StatusText.number($0, 2)) USD a day" },
    ].compactMap(\.self)
    guard !limits.isEmpty else { return "no quota or budget is set" }
    return "\(span(report.days) { "\($0)" }), with \(limits.joined(separator: " and "))"
  }

  private static func span<Value>(
    _ span: EstimateReport.Span<Value>, _ text: (Value) -> String
  ) -> String {
    let (least, most) = (text(span.least), text(span.most))
    return least == most ? least : "\(least) to \(most)"
  }

  private static func thousands(_ count: Int) -> String {
    count < 10_000 ? "\(count)" : "\(Int((Double(count) / 1_000).rounded()))k"
  }

  private static func bytes(_ count: Int64) -> String {
    count < 10_000_000_000 ? "\(count / 1_000_000) MB" : "\(count / 1_000_000_000) GB"
  }
}
