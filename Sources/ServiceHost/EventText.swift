import Logging

/// An event as one line: its message and its fields.
enum EventText {
  static func fields(of event: LogEvent, under metadata: Logger.Metadata) -> [String: String] {
    var fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
    if let error = event.error { fields["error"] = "\(error)" }
    return fields
  }

  static func line(_ message: String, _ fields: [String: String]) -> String {
    let pairs = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted($0.value))" }
    return visible(message) + pairs.joined()
  }

  /// File names and answers are untrusted: what a terminal obeys must not reach one, nor start a new line.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: HiddenCharacters.contains) else { return text }
    return text.unicodeScalars.map {
      HiddenCharacters.contains($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0)
    }
    .joined()
  }

  private static func quoted(_ text: String) -> String {
    let shown = visible(text)
    let isPlain = !shown.isEmpty && !shown.contains { $0 == " " || $0 == "\"" || $0 == "=" }
    return isPlain ? shown : "\"\(shown.replacing("\"", with: "\\\""))\""
  }

  /// sd-daemon(3).
  static func priority(of level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
