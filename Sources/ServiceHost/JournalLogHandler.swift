import Logging

/// Writes events to the journal as native fields: the message with its fields as text, each field of its own as
/// `LANGFLIX_NAME`, and a MESSAGE_ID for what the catalogue explains.
///
/// docs/logging.md lists the fields. What the journal does not take goes to standard error, which is the journal too.
package struct JournalLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  /// Of one logger alone, where it has one.
  private var ownLevel: Logger.Level?
  private let threshold: LogThreshold
  private let label: String
  private let secrets: SecretFilter
  private let send: @Sendable ([String]) -> Bool

  package init(
    label: String, level: LogThreshold, secrets: SecretFilter,
    send: @escaping @Sendable ([String]) -> Bool = Journal.send
  ) {
    self.label = label
    threshold = level
    self.secrets = secrets
    self.send = send
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
    let text = EventText.line(secrets.hiding("\(event.message)"), fields)
    let priority = EventText.priority(of: event.level)
    var items = [
      "MESSAGE=\(text)", "PRIORITY=\(priority)", "SYSLOG_IDENTIFIER=langflix",
      "CODE_FILE=\(event.file)", "CODE_LINE=\(event.line)", "CODE_FUNC=\(event.function)",
      "LANGFLIX_LOGGER=\(label)",
    ]
    if let kind = EventKind(message: "\(event.message)") {
      items.append("MESSAGE_ID=\(kind.rawValue)")
    }
    items += fields.map { "\(Self.fieldName($0.key))=\($0.value)" }
    if !send(items) { StandardStream.error.write("<\(priority)>\(text)\n") }
  }

  /// The journal takes names of capitals, digits and underscores of at most 64 bytes.
  static func fieldName(_ key: String) -> String {
    let name = key.uppercased().map { character -> Character in
      switch character {
      case "A"..."Z", "0"..."9": character
      default: "_"
      }
    }
    return String(("LANGFLIX_" + String(name)).prefix(64))
  }
}
