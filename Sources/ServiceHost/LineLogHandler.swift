import Foundation
import Logging

/// Writes one line an event to standard error: text for people, text with `<N>` priorities for a service manager, or
/// JSON.
package struct LineLogHandler: LogHandler {
  package enum Style: Sendable { case human, prioritized, json }

  package var metadata: Logger.Metadata = [:]
  /// Of one logger alone, where it has one.
  private var ownLevel: Logger.Level?
  private let threshold: LogThreshold
  private let label: String
  private let style: Style
  private let secrets: SecretFilter
  private let write: @Sendable (String) -> Void

  package init(
    label: String, level: LogThreshold, style: Style, secrets: SecretFilter = SecretFilter(),
    write: @escaping @Sendable (String) -> Void = Self.standardError
  ) {
    self.label = label
    threshold = level
    self.style = style
    self.secrets = secrets
    self.write = write
  }

  package var logLevel: Logger.Level {
    get { ownLevel ?? threshold.level }
    set { ownLevel = newValue }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let fields = EventText.fields(of: event, under: metadata).mapValues(secrets.hiding)
    let message = secrets.hiding("\(event.message)")
    let text = EventText.line(message, fields)
    let line =
      switch style {
      case .human: "\(Self.timestamp()) \(event.level.rawValue.uppercased()) \(text)"
      case .prioritized: "<\(EventText.priority(of: event.level))>\(text)"
      case .json: json(event, message, fields)
      }
    write(line + "\n")
  }

  private func json(_ event: LogEvent, _ message: String, _ fields: [String: String]) -> String {
    var object = fields
    object["time"] = Self.timestamp()
    object["level"] = event.level.rawValue
    object["message"] = message
    object["logger"] = label
    if let kind = EventKind(message: "\(event.message)") { object["message_id"] = kind.rawValue }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try? encoder.encode(object)
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private static func timestamp() -> String {
    Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// One write for each line, so that lines of several threads do not mix; a log that nobody reads is lost.
  @Sendable package static func standardError(_ line: String) {
    StandardStream.error.write(line)
  }
}
