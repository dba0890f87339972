import Settings

/// A section of the file whose keys are names of the user's choice.
struct ConfigurationSection {
  let name: String
  /// What one of the names stands for.
  let one: String
  /// What may stand below each name.
  let schema: ConfigurationSchema
  /// A name that is taken, and by what.
  let reserved: (name: String, reason: String)?

  static let all = [
    ConfigurationSection(name: "libraries", one: "library", schema: .library, reserved: nil),
    ConfigurationSection(
      name: "providers", one: "provider", schema: .provider,
      reserved: (
        SettingKeys.lexiconName, "it works offline, and its keys stand below 'lexicon:'"
      )),
  ]

  /// Why a name can't be used; nil when it can.
  func problem(with wrong: String) -> String? {
    let refusal = "\(name): \(ShownText.quoted(wrong)) can't name a \(one)"
    if let reserved, wrong == reserved.name { return "\(refusal); \(reserved.reason)" }
    return SettingKeys.isName(wrong)
      ? nil : "\(refusal); use up to 64 letters, digits, '-' and '_'"
  }
}
