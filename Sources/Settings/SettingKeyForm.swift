/// How a key's value is written in a file.
package enum SettingKeyForm: Sendable, Equatable {
  case text
  /// A path: what reads a source makes it absolute before it is checked.
  case path
  /// The same, or "none"; a file of that name is written "./none".
  case optionalPath
  case list
}
