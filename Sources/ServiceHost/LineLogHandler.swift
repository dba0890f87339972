import Foundation
import Logging

/// Writes one line an event to standard error: text for people, text with `<N>` priorities for a journal, or JSON.
package struct LineLogHandler: LogHandler {
  package enum Style: Sendable { case human, prioritized, json }

  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let label: String
  private let style: Style
  private let write: @Sendable (String) -> Void

  package init(
    label: String, level: Logger.Level, style: Style,
    write: @escaping @Sendable (String) -> Void = Self.standardError
  ) {
    self.label = label
    logLevel = level
    self.style = style
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields = metadata
    fields.merge(event.metadata ?? [:]) { $1 }
    if let error = event.error { fields["error"] = "\(error)" }
    let line =
      switch style {
      case .human: "\(Self.timestamp()) \(event.level.rawValue.uppercased()) \(text(event, fields))"
      case .prioritized: "<\(Self.priority(of: event.level))>\(text(event, fields))"
      case .json: json(event, fields)
      }
    write(line + "\n")
  }

  private func text(_ event: LogEvent, _ fields: Logger.Metadata) -> String {
    let pairs = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }
    return Self.visible("\(event.message)") + pairs.joined()
  }

  private func json(_ event: LogEvent, _ fields: Logger.Metadata) -> String {
    var object = fields.mapValues { "\($0)" }
    object["time"] = Self.timestamp()
    object["level"] = event.level.rawValue
    object["message"] = "\(event.message)"
    object["logger"] = label
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try? encoder.encode(object)
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// File names and answers are untrusted: control characters must not reach a terminal or start a new line.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.map {
      isControl($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0)
    }
    .joined()
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  private static func quoted(_ text: String) -> String {
    let shown = visible(text)
    let isPlain = !shown.isEmpty && !shown.contains { $0 == " " || $0 == "\"" || $0 == "=" }
    return isPlain ? shown : "\"\(shown.replacing("\"", with: "\\\""))\""
  }

  /// sd-daemon(3).
  private static func priority(of level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  private static func timestamp() -> String {
    Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// One write for each line, so that lines of several threads do not mix; a log that nobody reads is lost.
  @Sendable package static func standardError(_ line: String) {
    StandardStream.error.write(line)
  }
}
