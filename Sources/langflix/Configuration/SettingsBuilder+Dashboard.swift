import Settings
import SystemPackage

extension SettingsBuilder {
  /// The variable that holds the dashboard's token.
  static let dashboardTokenVariable = SettingKeys.environmentName(SettingKeys.dashboardToken.name)
  private static let credential = "langflix.dashboard.token"
  private static let mostBytes = 4 << 10

  /// Looks for the dashboard's token: in the file that the settings name, in systemd's credentials, in its variable.
  ///
  /// The first place that has something decides, also when what it has is no token. What is wrong counts as a problem
  /// with a key: only the daemon needs it.
  mutating func addDashboardToken(environment: [String: String]) {
    do throws(ConfigurationError) {
      if let path = settings.dashboard.tokenFile {
        let file = try read(path, what: "\(origin("dashboard.token_file")): dashboard.token_file")
        try set(file?.bytes ?? [], from: ShownText.plain(path.string))
        if file?.isReadByOthers == true {
          let shown = ShownText.plain(path.string)
          warnings.append(
            "dashboard.token_file: others than its owner can read \(shown); run: chmod 600 \(shown)"
          )
        }
      } else if let folder = environment["CREDENTIALS_DIRECTORY"].map({ FilePath($0) }),
        folder.isAbsolute,
        let file = try read(
          folder.appending(Self.credential), what: "credential \(Self.credential)",
          mayBeAbsent: true)
      {
        try set(file.bytes, from: "credential \(Self.credential)")
      } else if let text = environment[Self.dashboardTokenVariable], !text.isEmpty {
        try set(Array(text.utf8), from: Self.dashboardTokenVariable)
      }
    } catch {
      keyProblems += error.problems
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

  private mutating func set(_ bytes: [UInt8], from place: String) throws(ConfigurationError) {
    var line = bytes[...]
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
    let key = SettingKeys.dashboardToken
    guard key.write(&settings, [String(decoding: line, as: UTF8.self)]) else {
      throw ConfigurationFile.problem(
        "\(place): this is no token for the dashboard; give \(key.allowed)")
    }
    origins.append(
      SettingOrigin(key: key.name, value: key.read(settings).joined(), origin: place))
  }
}
