import Foundation
import Pipeline

/// What `inspect` prints for people.
enum InspectionText {
  static func lines(_ result: Inspection) -> [String] {
    var lines = [Output.plain(result.path)]
    switch result.kind {
    case "video":
      let length = result.durationMs.map { ", \(time($0))" } ?? ""
      lines.append("  video: \(result.container ?? "?")\(length)")
      for sound in result.sound {
        lines.append("  sound: track \(sound.track) (\(sound.codec)), \(says(sound.language))")
      }
    case "subtitles": lines.append("  subtitles")
    default: break
    }
    if let library = result.library { lines.append("  library: \(Output.plain(library))") }
    for source in result.sources { lines += self.lines(source) }
    if result.kind == "video" {
      lines.append("  source: \(Output.plain(result.source ?? "none"))")
      lines.append("  target: \(Output.plain(result.target ?? "none"))")
    }
    // The reason names them too.
    if result.problem == nil { lines += result.notes.map { "  note: \(Output.plain($0))" } }
    lines += [result.leftOutBy, result.problem].compactMap(\.self)
      .map { "  NOT TAKEN: \(Output.plain($0))" }
    return lines
  }

  private static func lines(_ source: Inspection.Source) -> [String] {
    var facts = [says(source.language)]
    if source.isForced { facts.append("forced") }
    if source.isHearingImpaired { facts.append("for the hard of hearing") }
    if source.isCommentary { facts.append("a commentary") }
    if let format = source.format { facts.append(format) }
    if let charset = source.charset {
      let basis =
        switch charset.basis {
        case "statistics": " (\(charset.confidence) % sure)"
        case "forced": " (as set)"
        default: ""
        }
      facts.append("charset \(charset.name)\(basis)")
    }
    var lines = ["  \(Output.plain(source.name)): \(facts.joined(separator: ", "))"]
    for track in source.tracks { lines.append("    \(text(track))") }
    let left = source.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if !left.isEmpty {
      let parts = left.map { "\($0.value) \($0.key.replacing("_", with: " "))" }
      lines.append("    left out: \(parts.joined(separator: ", "))")
    }
    if let problem = source.problem { lines.append("    \(Output.plain(problem))") }
    return lines
  }

  private static func text(_ track: Inspection.Track) -> String {
    var text = track.name.map { "\(Output.plain($0)): " } ?? ""
    text += "\(track.cues) cues"
    if let first = track.firstMs, let last = track.lastMs {
      text += " from \(time(first)) to \(time(last))"
    }
    if let language = track.language { text += ", says it is in \(language)" }
    if let guess = track.guess {
      text += ", reads like \(guess.code) (\(guess.confidence) % sure)"
    } else {
      text += ", its language can't be told from the text"
    }
    return text
  }

  private static func says(_ language: String?) -> String {
    language.map { "in \(Output.plain($0))" } ?? "names no language"
  }

  private static func time(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1_000
    return String(
      format: "%d:%02d:%02d.%03d", seconds / 3_600, seconds / 60 % 60, seconds % 60,
      milliseconds % 1_000)
  }
}
