import Settings

/// Which keys may stand at the top level of a file, or in a library or a provider.
struct ConfigurationSchema {
  /// The parts of the names, with how their values are written.
  private let forms: [[String]: SettingKeyForm]
  private let names: [String]
  /// How many parts come before a name: libraries.NAME, providers.NAME.
  private let prefixCount: Int
  private let isProvider: Bool

  static let top: ConfigurationSchema = {
    let keys = [(SettingKeys.media.name, SettingKeys.media.form)]
    return ConfigurationSchema(
      keys + SettingKeys.top.map { ($0.name, $0.form) }, sections: ["libraries", "providers"],
      prefixCount: 0)
  }()
  static let library = ConfigurationSchema(
    SettingKeys.library.map { ($0.name, $0.form) }, sections: [], prefixCount: 2)
  static let provider = ConfigurationSchema(
    SettingKeys.provider.map { ($0.name, $0.form) }, sections: [], prefixCount: 2,
    isProvider: true)

  private init(
    _ keys: [(String, SettingKeyForm)], sections: [String], prefixCount: Int,
    isProvider: Bool = false
  ) {
    let parts = keys.map { ($0.0.split(separator: ".").map { String($0) }, $0.1) }
    forms = Dictionary(uniqueKeysWithValues: parts)
    names = keys.map { $0.0 } + sections
    self.prefixCount = prefixCount
    self.isProvider = isProvider
  }

  func form(of key: [String]) -> SettingKeyForm? { forms[Array(key.dropFirst(prefixCount))] }

  func isSection(_ key: [String]) -> Bool {
    let key = key.dropFirst(prefixCount)
    return forms.keys.contains { $0.count > key.count && $0.starts(with: key) }
  }

  func unknownKey(_ key: [String]) -> String {
    let inner = key.dropFirst(prefixCount).joined(separator: ".")
    if prefixCount == 0, let place = SettingKeys.moved[inner] { return "\(inner) is now \(place)" }
    if prefixCount > 0, !isProvider, let place = SettingKeys.movedInLibrary[inner] {
      return "\(key.joined(separator: ".")) is now \(place)"
    }
    if isProvider,
      ["apikey", "key", "secret", "token"].contains(inner.filter(\.isLetter).lowercased())
    {
      return misplacedKey(of: key[1], key.joined(separator: "."))
    }
    if prefixCount == 0,
      let secret = SettingsBuilder.secretPlaces.first(where: { $0.key.name == inner })
    {
      return """
        \(inner): this file is no place for it; put it in a file of its own that \(secret.fileKey) names, or \
        in \(secret.variable)
        """
    }
    let shown = "unknown key \(ShownText.quoted(key.joined(separator: ".")))"
    if let name = names.first(where: { $0 == inner }), let dot = name.lastIndex(of: ".") {
      return
        "\(shown); write '\(name[name.index(after: dot)...])' indented below '\(name[..<dot]):'"
    }
    let sections = Set(forms.keys.filter { $0.count > 1 }.map { $0[0] })
    guard let name = SettingKeys.suggestion(for: inner, among: names + sections.sorted()) else {
      return "\(shown); docs/configuration.md lists the keys"
    }
    return "\(shown); did you mean '\(name)'?"
  }

  private func misplacedKey(of provider: String, _ shown: String) -> String {
    """
    \(ShownText.plain(shown)): this file is no place for a key; put it in a file of its own that \
    providers.\(provider).api_key_file names, or in \
    \(SettingKeys.variable(ofProvider: provider, SettingKeys.apiKey))
    """
  }
}
