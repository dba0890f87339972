import Settings
import SystemPackage

/// The providers that sources can speak of: the presets, and those that the file names.
struct ProviderNames {
  /// Those with variables of their own.
  private(set) var withVariables = ProviderSettings.presets.map(\.name)
  private(set) var problems: [String] = []
  /// Where the file names each.
  private let places: [String: ConfigurationEntry.Source]

  init(inFile: [(name: String, line: Int)], file: FilePath?) {
    let found = inFile.compactMap { entry in
      file.map { (entry.name, ConfigurationEntry.Source.file($0, line: entry.line)) }
    }
    places = Dictionary(found) { first, _ in first }
    var owners = Dictionary(
      uniqueKeysWithValues: withVariables.map { (SettingKeys.variablePrefix(ofProvider: $0), $0) })
    for (name, place) in found where ProviderSettings.preset(named: name) == nil {
      let prefix = SettingKeys.variablePrefix(ofProvider: name)
      if let owner = owners[prefix] {
        let other = places[owner].map { "'\(owner)' (\($0))" } ?? "the preset '\(owner)'"
        problems.append(
          """
          \(place): providers: '\(name)' and \(other) would have the same variables, \(prefix)…; \
          rename one of them
          """)
      } else {
        owners[prefix] = name
        withVariables.append(name)
      }
    }
  }

  var inFile: [String] { places.keys.sorted() }
  var all: [String] { ProviderSettings.presets.map(\.name) + inFile }

  func place(of name: String) -> ConfigurationEntry.Source? { places[name] }

  /// Why `extraction.provider` can't name this one; nil when it can.
  func problem(naming name: String) -> String? {
    guard !all.contains(name) else { return nil }
    let meant = SettingKeys.suggestion(for: name, among: all + [SettingKeys.lexiconName])
    let presets = ProviderSettings.presets.map { "'\($0.name)'" }.joined(separator: ", ")
    let hint =
      meant.map { "did you mean '\($0)'?" }
      ?? "the presets are \(presets); others must be defined below 'providers' in the file"
    return "no provider is named '\(name)'; \(hint)"
  }
}
