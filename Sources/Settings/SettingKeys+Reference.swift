import SystemPackage

extension SettingKeys {
  /// Every key as Markdown tables; docs/configuration.md ends with them.
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
    lines += ["", "### Each provider, below `providers.NAME`", ""]
    lines += header(["Key", "Allowed", "What it decides"])
    lines += provider.map { row(["`\($0.name)`", $0.allowed, $0.help]) }
    lines += ["", "### What providers have before you set anything", ""]
    lines += header(["Key"] + ProviderSettings.presets.map { "`\($0.name)`" } + ["other names"])
    lines += provider.map { key in
      row(
        ["`\(key.name)`"] + ProviderSettings.presets.map { defaultText(key, $0) }
          + [otherDefault(key)])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func topRow<Owner>(_ key: SettingKey<Owner>, _ owner: Owner) -> String {
    row([
      "`\(key.name)`", defaultText(key, owner), key.allowed, "`\(key.environmentName)`", key.help,
    ])
  }

  /// What a provider has that is no preset: most keys the same whatever its kind.
  private static func otherDefault(_ key: SettingKey<ProviderSettings>) -> String {
    if key.name == "kind" { return "required" }
    if key.name == "base_url" { return "as its kind's preset; required for `openai`" }
    let texts = ProviderSettings.Kind.allCases.map { kind in
      (kind: kind, text: key.read(ProviderSettings(name: "", kind: kind)).joined())
    }
    func shown(_ text: String) -> String { text.isEmpty ? "required" : "`\(text)`" }
    let usual = texts.first { $0.kind == .openai }?.text ?? ""
    let others = texts.filter { $0.text != usual }.map { "\(shown($0.text)) for kind `\($0.kind)`" }
    return ([shown(usual)] + others).joined(separator: ", ")
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
