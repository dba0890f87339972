import SystemPackage

extension SettingKeys {
  /// Who is told what, and which media servers look for new clips.
  static let notify: [SettingKey<LangflixSettings>] =
    [
      .optionalPath(
        "notify.url_file", \.notify.urlFile,
        "File that holds the addresses to tell, one a line."),
      .choice(
        "notify.clips", \.notify.clips,
        "Whether new clips are told there; what is wrong always is."),
      .time(
        "notify.gather_seconds", in: .seconds, 0...3_600, \.notify.gather,
        "New clips are told together once none came for this long; what was wrong is over once it is so for this long."
      ),
      .time(
        "notify.standstill_hours", in: .hours, 0.001...168, \.notify.standstill,
        "It is told when there is work and none of it has moved for so long."),
      .optionalPath(
        "notify.ca_file", \.notify.caFile,
        "Certificates (PEM) to trust besides the system's, for receivers and media servers."),
    ] + mediaServer("jellyfin", "Jellyfin", "api_key", "API key", \.jellyfin)
    + mediaServer("plex", "Plex", "token", "token", \.plex)

  /// The addresses, which stand in no file of ours.
  package static let notifyURL = SettingKey<LangflixSettings>(
    "notify.url",
    allowed:
      "up to 8 http or https addresses with spaces between them, such as 'ntfy+https://ntfy.example/topic'",
    help: "Who is told.", isSecret: true,
    read: { $0.notify.receivers.isEmpty ? ["none"] : ["(hidden)"] },
    write: { settings, texts in
      let lines = texts.flatMap { $0.split(whereSeparator: \.isNewline) }.filter {
        !$0.hasPrefix("#")
      }
      let words = lines.flatMap { $0.split(whereSeparator: \.isWhitespace) }
      let receivers = words.compactMap { ReceiverAddress(String($0)) }
      guard 1...8 ~= words.count, receivers.count == words.count else { return false }
      settings.notify.receivers = receivers
      return true
    })

  package static let jellyfinKey = SettingKey<LangflixSettings>.secret(
    "jellyfin.api_key", \.jellyfin.key, "What Jellyfin knows langflix by.")

  package static let plexToken = SettingKey<LangflixSettings>.secret(
    "plex.token", \.plex.key, "What Plex knows langflix by.")

  private static func mediaServer(
    _ section: String, _ name: String, _ key: String, _ secret: String,
    _ server: any WritableKeyPath<LangflixSettings, MediaServerSettings> & Sendable
  ) -> [SettingKey<LangflixSettings>] {
    [
      SettingKey(
        "\(section).url",
        allowed: "an http or https address such as 'http://nas.lan:8096', or 'none'",
        help: "Address of the \(name) server that is to look for new clips.",
        read: { [$0[keyPath: server].url ?? "none"] },
        write: { settings, texts in
          let url = texts.count == 1 ? BaseURL.normalized(texts[0]) : nil
          guard url != nil || texts == ["none"] else { return false }
          settings[keyPath: server].url = url
          return true
        }),
      SettingKey(
        "\(section).\(key)_file", form: .optionalPath, allowed: "a path, or 'none'",
        help: "File that holds the \(secret) for \(name), alone on one line.",
        read: { [$0[keyPath: server].keyFile?.string ?? "none"] },
        write: { settings, texts in
          let path = texts.count == 1 ? SettingKey<Void>.absolutePath(texts[0]) : nil
          guard path != nil || texts == ["none"] else { return false }
          settings[keyPath: server].keyFile = path
          return true
        }),
      SettingKey(
        "\(section).folders", form: .list,
        allowed: "a list of pairs such as '/media=/data/tv'",
        help: "Folders of langflix, each with what \(name) calls it, where that is another name.",
        read: { $0[keyPath: server].folders.map(\.description) },
        write: { settings, texts in
          let folders = texts.compactMap { FolderName($0) }
          guard folders.count == texts.count, folders.count <= 50 else { return false }
          settings[keyPath: server].folders = folders
          return true
        }),
    ]
  }
}
