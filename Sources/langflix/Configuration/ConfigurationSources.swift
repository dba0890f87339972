import Settings
import SystemPackage

/// What options and the environment set, in the form of entries.
enum ConfigurationSources {
  /// Variables with our prefix that are no keys.
  private static let otherVariables: Set<String> = [
    "LANGFLIX_CONFIG", "LANGFLIX_DATA", "LANGFLIX_PROGRAM",
  ]
  private static let topKeys: [(name: String, variable: String, flag: String)] = {
    let media = SettingKeys.media
    return [(media.name, media.environmentName, media.flagName)]
      + SettingKeys.top.map { ($0.name, $0.environmentName, $0.flagName) }
  }()

  /// Options, by the dotted names of their keys.
  static func entries(overrides: [String: String]) -> (
    entries: [ConfigurationEntry], problems: [String]
  ) {
    var entries: [ConfigurationEntry] = []
    var problems: [String] = []
    for (name, text) in overrides.sorted(by: { $0.key < $1.key }) {
      if let key = topKeys.first(where: { $0.name == name }) {
        entries.append(.init(top: name, text: text, source: .flag(key.flag)))
      } else {
        problems.append("command line: \(ConfigurationSchema.top.unknownKey([name]))")
      }
    }
    return (entries, problems)
  }

  /// A variable that is set to nothing counts as not set: compose files pass on empty ones.
  static func entries(environment: [String: String]) -> (
    entries: [ConfigurationEntry], warnings: [String]
  ) {
    let entries = topKeys.compactMap { key -> ConfigurationEntry? in
      guard let text = environment[key.variable], !text.isEmpty else { return nil }
      return ConfigurationEntry(top: key.name, text: text, source: .variable(key.variable))
    }
    let known = Set(topKeys.map(\.variable)).union(otherVariables)
    let warnings = environment.keys.filter { $0.hasPrefix("LANGFLIX_") && !known.contains($0) }
      .sorted().map { warning(aboutVariable: $0, known: known.sorted()) }
    return (entries, warnings)
  }

  private static func warning(aboutVariable name: String, known: [String]) -> String {
    let shown = ShownText.plain(name)
    if name.hasPrefix("LANGFLIX_LIBRARIES") {
      return "\(shown) is ignored: libraries are set in the file, or one of them by LANGFLIX_MEDIA"
    }
    let names = known.map { String($0.dropFirst("LANGFLIX_".count)).lowercased() }
    let wrong = String(name.dropFirst("LANGFLIX_".count))
    let hint = SettingKeys.suggestion(for: wrong, among: names).map {
      "; did you mean LANGFLIX_\($0.uppercased())?"
    }
    return "\(shown) is ignored: no key has this variable\(hint ?? "")"
  }
}
