/// One key of the configuration and the place in `Owner` that its value fills.
///
/// The value in force, the default and the text in a file all have the same form, so that what
/// `langflix config` prints can be written back into a file.
package struct SettingKey<Owner: Sendable>: Sendable {
  /// Dotted name: "selection.clips" at the top level, "path" within a library.
  package let name: String
  package let form: SettingKeyForm
  /// What may be written, as the end of "give …".
  package let allowed: String
  /// One line on what it decides.
  package let help: String
  /// Whether its value stays out of everything that is printed.
  package let isSecret: Bool
  /// Where the default comes from, when it is not one value.
  package let defaultNote: String?
  /// The value in force, as text; a list has one element for each of its lines.
  package let read: @Sendable (Owner) -> [String]
  /// Fills in the value; false, with nothing changed, when the text is not allowed.
  package let write: @Sendable (inout Owner, [String]) -> Bool

  init(
    _ name: String, form: SettingKeyForm = .text, allowed: String, help: String,
    isSecret: Bool = false,
    defaultNote: String? = nil, read: @escaping @Sendable (Owner) -> [String],
    write: @escaping @Sendable (inout Owner, [String]) -> Bool
  ) {
    self.name = name
    self.form = form
    self.allowed = allowed
    self.help = help
    self.isSecret = isSecret
    self.defaultNote = defaultNote
    self.read = read
    self.write = write
  }

  /// A key with a single value; `parse` returns nil for what is not allowed.
  init<Value>(
    _ name: String, _ property: any WritableKeyPath<Owner, Value> & Sendable,
    form: SettingKeyForm = .text,
    allowed: String, help: String, defaultNote: String? = nil,
    text: @escaping @Sendable (Value) -> String, parse: @escaping @Sendable (String) -> Value?
  ) {
    self.init(
      name, form: form, allowed: allowed, help: help, defaultNote: defaultNote,
      read: { [text($0[keyPath: property])] },
      write: { owner, texts in
        guard texts.count == 1, let value = parse(texts[0]) else { return false }
        owner[keyPath: property] = value
        return true
      })
  }
}

extension SettingKey {
  /// For a key at the top level, the variable that sets it: "LANGFLIX_SELECTION_CLIPS".
  package var environmentName: String { SettingKeys.environmentName(name) }

  /// For a key at the top level, the option that sets it, where a command has one: "--log-level".
  package var flagName: String {
    "--" + String(name.map { $0 == "." || $0 == "_" ? "-" : $0 })
  }
}
