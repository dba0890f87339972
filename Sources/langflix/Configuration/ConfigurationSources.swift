import Settings
import SystemPackage

/// What options and the environment set, in the form of entries.
enum ConfigurationSources {
  /// Variables with our prefix that are no keys.
  private static let otherVariables: Set<String> = [
    "LANGFLIX_CONFIG", "LANGFLIX_DATA", "LANGFLIX_PROGRAM", "LANGFLIX_TEST_STALL",
    "LANGFLIX_TEST_KILL_AT_STEP", "LANGFLIX_TEST_COUNT_STEPS",
  ]
  private static let topKeys:
    [(name: String, form: SettingKeyForm, variable: String, flag: String)] = {
      let media = SettingKeys.media
      return [(media.name, media.form, media.environmentName, media.flagName)]
        + SettingKeys.top.map { ($0.name, $0.form, $0.environmentName, $0.flagName) }
    }()

  /// Options, by the dotted names of their keys.
  static func entries(overrides: [String: String]) -> (
    entries: [ConfigurationEntry], problems: [String]
  ) {
    var entries: [ConfigurationEntry] = []
    var problems: [String] = []
    for (name, text) in overrides.sorted(by: { $0.key < $1.key }) {
      if let key = topKeys.first(where: { $0.name == name }) {
        entries.append(.init(top: name, form: key.form, text: text, source: .flag(key.flag)))
      } else {
        problems.append("command line: \(ConfigurationSchema.top.unknownKey([name]))")
      }
    }
    return (entries, problems)
  }

  /// A variable that is set to nothing counts as not set: compose files pass on empty ones.
  ///
  /// - Parameter providers: the names of those that have variables, no two of them the same ones.
  static func entries(environment: [String: String], providers: [String]) -> (
    entries: [ConfigurationEntry], warnings: [String]
  ) {
    func value(_ variable: String) -> String? {
      environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
    var known = otherVariables.union(SettingsBuilder.secretVariables)
    var entries: [ConfigurationEntry] = []
    for key in topKeys {
      known.insert(key.variable)
      guard let text = value(key.variable) else { continue }
      entries.append(
        .init(top: key.name, form: key.form, text: text, source: .variable(key.variable)))
    }
    for provider in providers {
      // What it holds is read where keys are looked for, and never becomes an entry.
      known.insert(SettingKeys.variable(ofProvider: provider, SettingKeys.apiKey))
      for key in SettingKeys.provider {
        let variable = SettingKeys.variable(ofProvider: provider, key)
        known.insert(variable)
        guard let text = value(variable) else { continue }
        entries.append(
          .init(
            key: ["providers", provider, key.name], value: .text(text), source: .variable(variable))
        )
      }
    }
    let warnings = environment.keys.filter { $0.hasPrefix("LANGFLIX_") && !known.contains($0) }
      .sorted().map { warning(aboutVariable: $0, known: known.sorted()) }
    return (entries, warnings)
  }

  private static func warning(aboutVariable name: String, known: [String]) -> String {
    let shown = ShownText.plain(name)
    if name.hasPrefix("LANGFLIX_LIBRARIES") {
      return "\(shown) is ignored: libraries are set in the file, or one of them by LANGFLIX_MEDIA"
    }
    if let moved = SettingKeys.moved.first(where: { SettingKeys.environmentName($0.key) == name }) {
      return "\(shown) is ignored: \(moved.key) is now \(moved.value)"
    }
    let names = known.map { String($0.dropFirst("LANGFLIX_".count)).lowercased() }
    let wrong = String(name.dropFirst("LANGFLIX_".count))
    let hint = SettingKeys.suggestion(for: wrong, among: names).map {
      "; did you mean LANGFLIX_\($0.uppercased())?"
    }
    let providers =
      name.hasPrefix("LANGFLIX_PROVIDERS_")
      ? "; those of providers are for presets and for names that the file defines" : ""
    return "\(shown) is ignored: no key has this variable\(hint ?? providers)"
  }
}
