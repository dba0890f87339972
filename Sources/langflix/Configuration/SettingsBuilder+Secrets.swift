import Settings
import SystemPackage

/// A secret that stands in no file of ours, and where it may be instead.
struct SecretPlace {
  let key: SettingKey<LangflixSettings>
  /// As messages call it.
  let name: String
  /// The key that names its file.
  let fileKey: String
  let file: @Sendable (LangflixSettings) -> FilePath?
  let credential: String
  /// The server that it is for, which needs it.
  var server: (@Sendable (LangflixSettings) -> MediaServerSettings)?

  var variable: String { SettingKeys.environmentName(key.name) }
}

// The secrets but for the providers' keys.
extension SettingsBuilder {
  static let secretPlaces = [
    SecretPlace(
      key: SettingKeys.dashboardToken, name: "token for the dashboard",
      fileKey: "dashboard.token_file", file: { $0.dashboard.tokenFile },
      credential: "langflix.dashboard.token"),
    SecretPlace(
      key: SettingKeys.notifyURL, name: "list of addresses to tell", fileKey: "notify.url_file",
      file: { $0.notify.urlFile }, credential: "langflix.notify.url"),
    SecretPlace(
      key: SettingKeys.jellyfinKey, name: "API key for Jellyfin",
      fileKey: "jellyfin.api_key_file", file: { $0.jellyfin.keyFile },
      credential: "langflix.jellyfin.key", server: { $0.jellyfin }),
    SecretPlace(
      key: SettingKeys.plexToken, name: "token for Plex", fileKey: "plex.token_file",
      file: { $0.plex.keyFile }, credential: "langflix.plex.token",
      server: { $0.plex }),
  ]
  static let secretVariables = secretPlaces.map(\.variable)

  /// What is wrong counts as a problem with a key: only the daemon needs them.
  mutating func addSecrets(environment: [String: String]) {
    for place in Self.secretPlaces {
      do throws(ConfigurationError) {
        try add(place, SecretFinder(environment: environment))
        require(place)
      } catch {
        keyProblems += error.problems
      }
    }
  }

  private mutating func add(
    _ place: SecretPlace, _ finder: SecretFinder
  ) throws(ConfigurationError) {
    let file = place.file(settings).map {
      SecretFinder.File(path: $0, key: place.fileKey, source: origin(place.fileKey))
    }
    guard
      let found = try finder.find(
        in: file, credential: place.credential, variables: [place.variable])
    else { return }
    guard let text = found.text, place.key.write(&settings, [text]) else {
      throw ConfigurationFile.problem(
        "\(found.origin): this is no \(place.name); give \(place.key.allowed)")
    }
    origins.append(
      SettingOrigin(
        key: place.key.name, value: place.key.read(settings).joined(), origin: found.origin))
    if let warning = found.warning { warnings.append(warning) }
  }

  /// A server that is to be asked wants to know who asks.
  private mutating func require(_ secret: SecretPlace) {
    guard let server = secret.server?(settings), server.url != nil, server.key == nil else {
      return
    }
    let urlKey = String(secret.key.name.prefix { $0 != "." }) + ".url"
    keyProblems.append(
      """
      \(origin(urlKey)): \(urlKey): it needs \(secret.key.name); put it in a file that \(secret.fileKey) names, or in \
      systemd's credential \(secret.credential), or in the variable \(secret.variable)
      """)
  }
}
