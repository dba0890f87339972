import Foundation

/// How values read on pages. Times are in UTC; the page's script shows them in the reader's own zone.
enum Shown {
  static func time(_ seconds: Double) -> [String: Any] {
    let date = Date(timeIntervalSince1970: seconds)
    let text = date.formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
    return ["iso": text, "text": text.replacingOccurrences(of: "T", with: " ").dropLast() + " UTC"]
  }

  static func bytes(_ count: Int64) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    guard count >= 1_000 else { return "\(count) B" }
    var value = Double(count) / 1_000
    var unit = 0
    while value >= 1_000, unit < units.count - 1 {
      value /= 1_000
      unit += 1
    }
    return number(value, value < 10 ? 1 : 0) + " " + units[unit]
  }

  static func money(_ usd: Double) -> String { "$" + number(usd, usd < 1 ? 4 : 2) }

  static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  static func seconds(_ value: Double) -> String { number(value, value < 10 ? 1 : 0) + " s" }

  static func percent(_ share: Double) -> Int { Int((min(max(share, 0), 1) * 100).rounded()) }

  /// What people call a state; what none of ours is stays as it is.
  static func state(_ state: String, _ language: Language) -> String {
    Word(rawValue: "state_\(state)").map { Words.text($0, language) } ?? state
  }

  static func register(_ register: String, _ language: Language) -> String {
    Word(rawValue: "register_\(register)").map { Words.text($0, language) } ?? register
  }

  /// Good, bad, waiting or in work: the colour of a state, which its word says too.
  static func tone(_ state: String) -> String {
    switch state {
    case "done", "published": "good"
    case "failed": "bad"
    case "needs_subtitles", "needs_provider", "settling", "pending": "wait"
    case "left_alone", "gone", "hidden", "known": "rest"
    default: "work"
    }
  }
}
