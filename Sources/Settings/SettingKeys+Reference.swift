import SystemPackage

extension SettingKeys {
  /// Every key as two Markdown tables; docs/configuration.md ends with them.
  package static var reference: String {
    // The folder shows in no line: the key says where its default comes from.
    let settings = LangflixSettings(stateFolder: "/")
    let library = LibrarySettings(name: "", root: "/")
    var lines = ["### Top level", ""]
    lines += header(["Key", "Default", "Allowed", "Variable", "What it decides"])
    lines.append(topRow(media, library))
    lines += top.map { topRow($0, settings) }
    lines += ["", "### Each library, below `libraries.NAME`", ""]
    lines += header(["Key", "Default", "Allowed", "What it decides"])
    lines += Self.library.map { key in
      row(["`\(key.name)`", defaultText(key, library), key.allowed, key.help])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func topRow<Owner>(_ key: SettingKey<Owner>, _ owner: Owner) -> String {
    row([
      "`\(key.name)`", defaultText(key, owner), key.allowed, "`\(key.environmentName)`", key.help,
    ])
  }

  private static func defaultText<Owner>(_ key: SettingKey<Owner>, _ owner: Owner) -> String {
    if let note = key.defaultNote { return note }
    let texts = key.read(owner)
    return texts.isEmpty ? "none" : texts.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func header(_ titles: [String]) -> [String] {
    [row(titles), row(titles.map { _ in "---" })]
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }
}
