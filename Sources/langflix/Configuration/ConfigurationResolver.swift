import Configuration
import Settings
import Synchronization

/// Chooses the value of each key: options win over the environment, and that over the file.
struct ConfigurationResolver {
  private let reader: ConfigReader
  private let log = AccessLog()
  /// The entries of each provider, by its name.
  private let entries: [String: [[String]: ConfigurationEntry]]
  /// The providers that variables set something of.
  let providersOfEnvironment: Set<String>

  /// - Parameter entries: checked, at most one a key and source.
  init(flags: [ConfigurationEntry], environment: [ConfigurationEntry], file: [ConfigurationEntry]) {
    let flagProvider = InMemoryProvider(name: "options", values: Self.values(flags))
    let variables = environment.map {
      ($0.source.description, $0.value.texts.joined(separator: ","))
    }
    providersOfEnvironment = Set(environment.filter { $0.key[0] == "providers" }.map { $0.key[1] })
    let environmentProvider = EnvironmentVariablesProvider(
      environmentVariables: Dictionary(uniqueKeysWithValues: variables)
    ).prefixKeys(with: "langflix").mapKeys { key in
      if key.components == ConfigurationEntry.mediaKey { return [SettingKeys.media.name] }
      // In the name of a variable, a capital within a word would begin another word.
      return AbsoluteConfigKey(key.components.map { $0.lowercased() }, context: key.context)
    }
    let fileProvider = InMemoryProvider(name: "file", values: Self.values(file))
    entries = [
      flagProvider.providerName: Self.byKey(flags),
      environmentProvider.providerName: Self.byKey(environment),
      fileProvider.providerName: Self.byKey(file),
    ]
    reader = ConfigReader(
      providers: [flagProvider, environmentProvider, fileProvider], accessReporter: log)
  }

  /// The value in force and where it comes from; nil where no source sets the key.
  func value(
    of key: [String], form: SettingKeyForm
  ) -> (texts: [String], source: ConfigurationEntry.Source)? {
    let texts: [String]?
    switch form {
    case .text, .path, .optionalPath: texts = reader.string(forKey: ConfigKey(key)).map { [$0] }
    case .list: texts = reader.stringArray(forKey: ConfigKey(key))
    }
    guard let texts, let provider = log.lastProvider, let entry = entries[provider]?[key] else {
      return nil
    }
    return (texts, entry.source)
  }

  private static func byKey(_ entries: [ConfigurationEntry]) -> [[String]: ConfigurationEntry] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0) })
  }

  private static func values(_ entries: [ConfigurationEntry]) -> [AbsoluteConfigKey: ConfigValue] {
    let values = entries.map { entry in
      let content: ConfigContent =
        switch entry.value {
        case .text(let text): .string(text)
        case .list(let texts): .stringArray(texts)
        }
      return (AbsoluteConfigKey(entry.key), ConfigValue(content, isSecret: false))
    }
    return Dictionary(uniqueKeysWithValues: values)
  }
}

/// Remembers which provider answered the last question.
private final class AccessLog: AccessReporter {
  private let provider = Mutex<String?>(nil)

  var lastProvider: String? { provider.withLock { $0 } }

  func report(_ event: AccessEvent) {
    let answering = event.providerResults.first { (try? $0.result.get().value) != nil }
    provider.withLock { $0 = answering?.providerName }
  }
}
