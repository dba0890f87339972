import Settings
import SystemPackage

extension SettingsBuilder {
  /// Completes the providers that are in use, and lists these and all that a source mentions.
  ///
  /// - Parameter problems: as in `build`.
  mutating func addProviders(
    _ names: ProviderNames, keys: ProviderKeyFinder, wrongSoFar problems: inout [String]
  ) {
    let used = settings.extraction.providers.map(\.name)
    let place = origin("extraction.provider")
    problems += used.compactMap { names.problem(naming: $0) }
      .map { "\(place): extraction.provider: \($0)" }
    guard problems.isEmpty else { return }
    let withKeys = names.withVariables.filter { keys.hasVariable(forProvider: $0) }
    let mentioned = Set(used + names.inFile + withKeys).union(resolver.providersOfEnvironment)
    var complete: [String: ProviderSettings] = [:]
    for name in mentioned.sorted() {
      var (provider, missing) = addProvider(name)
      if used.contains(name), let place = names.place(of: name) {
        problems += missing.map { key in
          "\(place): providers.\(name).\(key.name): it is missing; give \(key.allowed)"
        }
      }
      // A key is told to nobody while it is unclear who that would be.
      guard missing.isEmpty else { continue }
      let keyProblems = addKey(to: &provider, keys: keys, isUsed: used.contains(name))
      if used.contains(name) {
        self.keyProblems += keyProblems
      } else {
        warnings += keyProblems
      }
      complete[name] = provider
    }
    settings.extraction.providers = used.compactMap { complete[$0] }
  }

  /// The provider, and the keys that it lacks.
  private mutating func addProvider(
    _ name: String
  ) -> (provider: ProviderSettings, missing: [SettingKey<ProviderSettings>]) {
    let prefix = ["providers", name]
    let preset = ProviderSettings.preset(named: name)
    let kind = resolver.value(of: prefix + ["kind"], form: .text).flatMap {
      ProviderSettings.Kind(rawValue: $0.texts.joined())
    }
    var provider = preset ?? ProviderSettings(name: name, kind: kind ?? .openai)
    let missing = SettingKeys.provider.filter { key in
      guard preset == nil, resolver.value(of: prefix + [key.name], form: key.form) == nil else {
        return false
      }
      // Whether the address is needed depends on the kind.
      return key.name == "kind" || (kind != nil || key.name == "model") && isEmpty(key, provider)
    }
    for key in SettingKeys.provider where !missing.contains(where: { $0.name == key.name }) {
      fill(
        &provider, key, prefix: prefix,
        whenUnset: { _ in preset == nil ? "default" : "preset" })
    }
    return (provider, missing)
  }

  private func isEmpty(
    _ key: SettingKey<ProviderSettings>, _ provider: ProviderSettings
  ) -> Bool {
    key.read(provider) == [""]
  }

  /// Returns what is wrong.
  private mutating func addKey(
    to provider: inout ProviderSettings, keys: ProviderKeyFinder, isUsed: Bool
  ) -> [String] {
    let prefix = "providers.\(provider.name)."
    var origin = "default"
    var problems: [String] = []
    do throws(ConfigurationError) {
      let source = self.origin(prefix + "api_key_file")
      if let key = try keys.find(for: provider, fileSetAt: source) {
        provider = key.provider
        origin = key.origin
        if let warning = key.warning { warnings.append(warning) }
      } else if provider.needsKey, isUsed {
        problems.append(
          """
          \(self.origin("extraction.provider")): extraction.provider: '\(provider.name)' needs a \
          key; put it \(keys.ways(for: provider))
          """)
      }
    } catch {
      problems += error.problems
    }
    let key = SettingKeys.apiKey
    origins.append(
      SettingOrigin(
        key: prefix + key.name, value: key.read(provider).joined(), origin: origin))
    return problems
  }
}
