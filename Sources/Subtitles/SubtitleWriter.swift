/// Writes subtitle files that every player reads.
///
/// Times before 0 count as 0. Cues that are over by then are left out, as are cues without text.
/// Entries are numbered from 1 in the order given.
package enum SubtitleWriter {
  package static func subRip(_ cues: [Cue]) -> String {
    var number = 0
    var output = ""
    for cue in cues {
      guard let entry = Entry(cue) else { continue }
      number += 1
      output += "\(number)\n"
      output += "\(time(entry.start, mark: ",")) --> \(time(entry.end, mark: ","))\n"
      output += "\(entry.text)\n\n"
    }
    return output
  }

  package static func webVTT(_ cues: [Cue]) -> String {
    var output = "WEBVTT\n\n"
    for cue in cues {
      guard let entry = Entry(cue) else { continue }
      output += "\(time(entry.start, mark: ".")) --> \(time(entry.end, mark: "."))\n"
      output += "\(escaped(entry.text))\n\n"
    }
    return output
  }

  private struct Entry {
    var start: Int64
    var end: Int64
    var text: String

    init?(_ cue: Cue) {
      start = max(cue.start, .zero).milliseconds
      end = max(cue.end, .zero).milliseconds
      text = SubtitleWriter.safe(cue.text)
      guard end > start, !text.isEmpty else { return nil }
    }
  }

  /// Without what would end the entry: blank lines and arrows.
  private static func safe(_ text: String) -> String {
    var lines: [String] = []
    for line in text.unicodeScalars.split(whereSeparator: \.isLineEnd) {
      let scalars = line.filter { $0.value >= 0x20 || $0 == "\t" }
      guard scalars.contains(where: { !$0.isBlank }) else { continue }
      var safe = String.UnicodeScalarView()
      var dashes = 0
      for scalar in scalars {
        if scalar == ">", dashes >= 2 {
          safe.removeLast(2)
          safe.append("\u{2192}")
        } else {
          safe.append(scalar)
        }
        dashes = scalar == "-" ? dashes + 1 : 0
      }
      lines.append(String(safe))
    }
    return lines.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output.append(contentsOf: "&amp;".unicodeScalars)
      case "<": output.append(contentsOf: "&lt;".unicodeScalars)
      case ">": output.append(contentsOf: "&gt;".unicodeScalars)
      default: output.append(scalar)
      }
    }
    return String(output)
  }

  private static func time(_ milliseconds: Int64, mark: Character) -> String {
    let seconds = milliseconds / 1_000
    let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
    return clock.joined(separator: ":") + "\(mark)\(padded(milliseconds % 1_000, 3))"
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
