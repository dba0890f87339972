import Logging
import ServiceHost
import Settings

/// Where the log goes, and in which form.
enum LogDestination {
  case lines(LineLogHandler.Style)
  /// systemd's journal, with fields of its own.
  case journal

  init(format: LogSettings.Format) {
    switch format {
    case .json: self = .lines(.json)
    case .human: self = .lines(.human)
    case .auto where Journal.isStandardError: self = .journal
    // A service whose output somebody has sent elsewhere: whoever reads it may know priorities.
    case .auto: self = .lines(ServiceNotifier.isMainProcess ? .prioritized : .human)
    }
  }

  func handler(
    label: String, level: LogThreshold, secrets: SecretFilter
  ) -> any LogHandler {
    switch self {
    case .lines(let style):
      LineLogHandler(label: label, level: level, style: style, secrets: secrets)
    case .journal: JournalLogHandler(label: label, level: level, secrets: secrets)
    }
  }
}
