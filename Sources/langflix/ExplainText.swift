import Control
import Foundation

/// The explanation of an episode in words.
enum ExplainText {
  static func lines(_ report: ExplainReport) -> [String] {
    let episode = report.episode
    let why = episode.reason.map { ": \(Output.plain($0))" } ?? ""
    var lines = ["\(Output.plain(episode.name)): \(episode.state)\(why)"]
    lines += episode.otherPaths.map { "also at \(Output.plain($0))" }
    if episode.clips > 0, let folder = episode.folder {
      lines.append("clips in \(Output.plain(folder))")
    }
    guard !report.expressions.isEmpty else { return lines + [nothing(episode.state)] }
    for clip in report.clips {
      let file = clip.file.map { ", \(Output.plain($0))" } ?? ""
      lines.append(
        "clip \(clip.number): \(time(clip.startS)) to \(time(clip.endS)), \(clip.state)\(file)")
      lines += report.expressions
        .filter { $0.clip == clip.number && ["chosen", "also_here"].contains($0.fate) }
        .map { "  \(score($0))\($0.fate == "chosen" ? "" : ", beyond the limit of one clip")" }
    }
    let others = report.expressions.filter { !["chosen", "also_here"].contains($0.fate) }
    if !others.isEmpty { lines.append("not chosen:") }
    lines += others.map { "  \(score($0)), \(reason($0))" }
    if !report.dropped.isEmpty {
      let counts = report.dropped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      lines.append("not in the dialogue: \(counts.joined(separator: ", "))")
    }
    return lines
  }

  /// Why there are no expressions, as far as the state tells it.
  private static func nothing(_ state: String) -> String {
    switch state {
    case "left_alone":
      "backlog, or forgotten: it is left alone until it is asked for; langflix process FILE takes it"
    case "done": "nothing was found in its dialogue"
    default: "nothing was found in its dialogue yet"
    }
  }

  private static func score(_ expression: ExplainReport.Expression) -> String {
    let parts = [
      ("useful", expression.usefulness), ("level", expression.levelFit),
      ("rare", expression.rarity), ("spread", expression.spread), ("new", expression.novelty),
    ].map { "\($0.0) \(StatusText.number($0.1, 2))" }
    return """
      \(StatusText.number(expression.total, 3)) \(Output.plain(expression.dictionaryForm)) \
      (line \(expression.cue): "\(Output.plain(expression.phrase))"): \(parts.joined(separator: ", "))
      """
  }

  private static func reason(_ expression: ExplainReport.Expression) -> String {
    let clip = expression.clip.map { "clip \($0)" } ?? "another clip"
    return switch expression.fate {
    case "repeated": "is in \(clip) already"
    case "known": "is known"
    case "given_before": "an earlier episode of the series gave it"
    case "lines_taken": "its sentence reaches into \(clip)"
    case "sentence_too_long": "its sentence is longer than a clip may be"
    case "outranked": "others were worth more"
    default: expression.fate
    }
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds)
    let parts = [whole / 3_600, whole / 60 % 60, whole % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
