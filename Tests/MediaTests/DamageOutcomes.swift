import Synchronization

/// Counts what became of damaged inputs.
final class DamageOutcomes: Sendable {
  private struct State {
    var counts: [String: Int] = [:]
    var stories: [String] = []
    var longest = (Duration.zero, "")
  }
  private let state = Mutex(State())

  func count(_ outcome: String) { state.withLock { $0.counts[outcome, default: 0] += 1 } }

  func tell(_ story: String) { state.withLock { $0.stories.append(story) } }

  func took(_ time: Duration, _ what: String) {
    state.withLock { if time > $0.longest.0 { $0.longest = (time, what) } }
  }

  /// Words without the numbers that differ from case to case.
  static func kind(of message: String) -> String {
    let words = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    let plain = words.map { $0.isNumber ? "0" : $0 }
    var short = ""
    for character in plain where !(character == "0" && short.last == "0") {
      short.append(character)
    }
    return String(short.prefix(90))
  }

  var table: String {
    state.withLock { state in
      let rows = state.counts.sorted { $0.key < $1.key }.map { "  \($0.value)\t\($0.key)" }
      return (rows + state.stories.sorted() + ["longest: \(state.longest.0), \(state.longest.1)"])
        .joined(separator: "\n")
    }
  }
}
