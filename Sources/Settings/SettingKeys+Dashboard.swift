import SystemPackage

extension SettingKeys {
  /// Where the dashboard is, and who may use it.
  static let dashboard: [SettingKey<LangflixSettings>] = [
    .choice(
      "dashboard.enabled", \.dashboard.enabled,
      "Whether the daemon serves the dashboard, the API and the metrics."),
    SettingKey(
      "dashboard.listen", \.dashboard.listen,
      allowed: "an address with a port such as '127.0.0.1:8080' or '[::]:8080'",
      help:
        "Where it listens; beyond this machine (0.0.0.0) nothing can be changed there without a token.",
      text: { $0.description }, parse: { ListenAddress($0) }),
    .optionalPath(
      "dashboard.token_file", \.dashboard.tokenFile,
      "File that holds, on one line, the token that people sign in with and programs send."),
    SettingKey(
      "dashboard.hosts", form: .list,
      allowed: "a list of host names without ports, or '*' for any",
      help:
        "Names that browsers may reach it by, besides addresses and this machine's own name.",
      read: { $0.dashboard.hosts },
      write: { owner, texts in
        guard texts.count <= 100, texts.allSatisfy({ isHost($0) }) else { return false }
        owner.dashboard.hosts = texts.map { $0.lowercased() }
        return true
      }),
  ]

  /// The token itself, which stands in no file of ours.
  package static let dashboardToken = SettingKey<LangflixSettings>(
    "dashboard.token", allowed: "one line of 8 to 512 ASCII characters without spaces",
    help: "What people sign in with and programs send along.", isSecret: true,
    read: { $0.dashboard.token.map { [$0.description] } ?? ["none"] },
    write: { owner, texts in
      guard texts.count == 1, 8...512 ~= texts[0].utf8.count,
        SettingKey<LangflixSettings>.isVisibleASCII(texts[0])
      else { return false }
      owner.dashboard.token = Secret(texts[0])
      return true
    })

  private static func isHost(_ text: String) -> Bool {
    text == "*" || 1...253 ~= text.utf8.count && text.utf8.allSatisfy(ListenAddress.isOfName)
  }
}
