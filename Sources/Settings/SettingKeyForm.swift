/// How a key's value is written in a file.
package enum SettingKeyForm: Sendable, Equatable {
  case text
  /// A path: what reads a source makes it absolute before it is checked.
  case path
  case list
}
