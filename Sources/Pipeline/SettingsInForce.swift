import Settings
import Synchronization

/// A setting, its value as it may be shown, and where that comes from.
package struct ShownSetting: Sendable, Equatable {
  package var key: String
  package var value: String
  package var origin: String

  package init(key: String, value: String, origin: String) {
    self.key = key
    self.value = value
    self.origin = origin
  }
}

/// The settings in force as the dashboard shows them; a reload replaces them.
final class SettingsInForce: Sendable {
  private let entries: Mutex<[ShownSetting]>

  init(_ entries: [ShownSetting]) { self.entries = Mutex(entries) }

  var all: [ShownSetting] {
    get { entries.withLock { $0 } }
    set { entries.withLock { $0 = newValue } }
  }
}
