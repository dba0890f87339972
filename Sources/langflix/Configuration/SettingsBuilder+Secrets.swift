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

  private static let mostBytes = 16 << 10

  /// Looks for each secret: in the file that the settings name, in systemd's credentials, in its variable.
  ///
  /// The first place that has something decides, also when what it has is no such secret. What is wrong counts as a
  /// problem with a key: only the daemon needs them.
  mutating func addSecrets(environment: [String: String]) {
    for place in Self.secretPlaces {
      do throws(ConfigurationError) {
        try add(place, environment)
        require(place)
      } catch {
        keyProblems += error.problems
      }
    }
  }

  private mutating func add(
    _ place: SecretPlace, _ environment: [String: String]
  ) throws(ConfigurationError) {
    let folder = environment["CREDENTIALS_DIRECTORY"].map { FilePath($0) }
    if let path = place.file(settings) {
      let shown = ShownText.plain(path.string)
      let file = try read(path, what: "\(origin(place.fileKey)): \(place.fileKey)")
      try set(place, file?.bytes ?? [], from: shown)
      if file?.isReadByOthers == true {
        warnings.append(
          "\(place.fileKey): others than its owner can read \(shown); run: chmod 600 \(shown)")
      }
    } else if let folder, folder.isAbsolute,
      let file = try read(
        folder.appending(place.credential), what: "credential \(place.credential)",
        mayBeAbsent: true)
    {
      try set(place, file.bytes, from: "credential \(place.credential)")
    } else if let text = environment[place.variable], !text.isEmpty {
      try set(place, Array(text.utf8), from: place.variable)
    }
  }

  private func read(
    _ path: FilePath, what: String, mayBeAbsent: Bool = false
  ) throws(ConfigurationError) -> BoundedFile? {
    let shown = ShownText.plain(path.string)
    do {
      return try BoundedFile(reading: path, limit: Self.mostBytes)
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      if mayBeAbsent { return nil }
      throw ConfigurationFile.problem("\(what): the file \(shown) does not exist")
    } catch Errno.permissionDenied {
      throw ConfigurationFile.problem(
        "\(what): no permission to read \(shown); let the user of langflix read it")
    } catch {
      throw ConfigurationFile.problem("\(what): \(shown) can't be read: \(error)")
    }
  }

  private mutating func set(
    _ secret: SecretPlace, _ bytes: [UInt8], from place: String
  ) throws(ConfigurationError) {
    var line = bytes[...]
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard line.count <= Self.mostBytes,
      secret.key.write(&settings, [String(decoding: line, as: UTF8.self)])
    else {
      throw ConfigurationFile.problem(
        "\(place): this is no \(secret.name); give \(secret.key.allowed)")
    }
    origins.append(
      SettingOrigin(
        key: secret.key.name, value: secret.key.read(settings).joined(), origin: place))
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
