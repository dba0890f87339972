import Settings

/// Looks for a provider's key: in the file that its settings name, in systemd's credentials, in the
/// provider's variable, and in the vendor's where the provider is at the vendor's own address.
struct ProviderKeyFinder {
  let environment: [String: String]

  struct Key {
    /// The provider with its key.
    var provider: ProviderSettings
    /// The file, credential or variable.
    var origin: String
    var warning: String?
  }

  /// - Parameter source: where `api_key_file` was set.
  func find(
    for provider: ProviderSettings, fileSetAt source: String
  ) throws(ConfigurationError) -> Key? {
    let file = provider.apiKeyFile.map {
      SecretFinder.File(
        path: $0, key: "providers.\(provider.name).api_key_file", source: source)
    }
    guard
      let found = try SecretFinder(environment: environment).find(
        in: file, credential: credentialName(of: provider), variables: variables(of: provider))
    else { return nil }
    var provider = provider
    guard let text = found.text, SettingKeys.apiKey.write(&provider, [text]) else {
      throw ConfigurationFile.problem(
        """
        \(found.origin): this is no key for the provider '\(provider.name)'; \
        give \(SettingKeys.apiKey.allowed), at most 16 KiB
        """)
    }
    return Key(provider: provider, origin: found.origin, warning: found.warning)
  }

  /// The end of a message about a key that is missing: the ways to give it.
  func ways(for provider: ProviderSettings) -> String {
    let vendors = provider.vendorKeyVariables.joined(separator: " or ")
    let ways = [
      "in a file that providers.\(provider.name).api_key_file names",
      "in systemd's credential \(credentialName(of: provider))",
      "in the variable \(ownVariable(of: provider))",
    ]
    return (ways + (vendors.isEmpty ? [] : ["in \(vendors)"])).joined(separator: ", or ")
  }

  /// Whether a variable of its own holds a key for this provider.
  func hasVariable(forProvider name: String) -> Bool {
    environment[SettingKeys.variable(ofProvider: name, SettingKeys.apiKey)]?.isEmpty == false
  }

  private func variables(of provider: ProviderSettings) -> [String] {
    [ownVariable(of: provider)] + provider.vendorKeyVariables
  }

  private func ownVariable(of provider: ProviderSettings) -> String {
    SettingKeys.variable(ofProvider: provider.name, SettingKeys.apiKey)
  }

  private func credentialName(of provider: ProviderSettings) -> String {
    "langflix.\(provider.name).key"
  }
}
