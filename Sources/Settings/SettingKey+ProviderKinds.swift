import SystemPackage

/// The kinds of values that only providers have, or that choose among them.
extension SettingKey {
  /// The names of providers; complete settings have to take the place of what is written here.
  static func providers(_ name: String, _ property: Property<[ProviderSettings]>, _ help: String)
    -> SettingKey
  {
    SettingKey(
      name, property,
      allowed: """
        '\(SettingKeys.lexiconName)', or different names of providers with commas between them \
        such as 'gemini-free, ollama' (extraction.fallback adds the lexicon to them)
        """,
      help: help,
      text: { $0.isEmpty ? SettingKeys.lexiconName : $0.map(\.name).joined(separator: ", ") },
      parse: { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
        if names == [SettingKeys.lexiconName] { return [] }
        guard Set(names).count == names.count, !names.contains(SettingKeys.lexiconName),
          names.allSatisfy({ SettingKeys.isName($0) })
        else { return nil }
        return names.map {
          ProviderSettings.preset(named: $0) ?? ProviderSettings(name: $0, kind: .openai)
        }
      })
  }

  static func fallback(_ name: String, _ property: Property<Bool>, _ help: String) -> SettingKey {
    SettingKey(
      name, property, allowed: "'none' or '\(SettingKeys.lexiconName)'", help: help,
      text: { $0 ? SettingKeys.lexiconName : "none" },
      parse: { ["none": false, SettingKeys.lexiconName: true][$0] })
  }

  static func baseURL(_ name: String, _ property: Property<String>, _ help: String) -> SettingKey {
    SettingKey(
      name, property,
      allowed: "an http or https address such as 'https://host/v1', without a password or a query",
      help: help, text: { $0 }, parse: { BaseURL.normalized($0) })
  }

  static func model(_ name: String, _ property: Property<String>, _ help: String) -> SettingKey {
    SettingKey(
      name, property, allowed: "a model's name of up to 200 ASCII characters without spaces",
      help: help, text: { $0 }, parse: { 1...200 ~= $0.utf8.count && isVisibleASCII($0) ? $0 : nil }
    )
  }

  static func optionalPath(_ name: String, _ property: Property<FilePath?>, _ help: String)
    -> SettingKey
  {
    optional(
      name, property, form: .optionalPath, allowed: pathsAllowed, help: help,
      text: { $0.string }, parse: { absolutePath($0) })
  }

  static func optionalInteger(_ name: String, _ property: Property<Int?>, _ help: String)
    -> SettingKey
  {
    optional(
      name, property, allowed: "a whole number from 1", help: help, text: { "\($0)" },
      parse: { Int($0).flatMap { 1...1_000_000_000 ~= $0 ? $0 : nil } })
  }

  static func optionalAmount(_ name: String, _ property: Property<Double?>, _ help: String)
    -> SettingKey
  {
    optional(
      name, property, allowed: "a number above 0", help: help,
      text: { TimeUnit.seconds.text($0) },
      parse: { Double($0).flatMap { $0 > 0 && $0 <= 1_000_000 ? $0 : nil } })
  }

  static func temperature(_ name: String, _ property: Property<Double?>, _ help: String)
    -> SettingKey
  {
    optional(
      name, property, allowed: "a number from 0 to 2", help: help,
      text: { TimeUnit.seconds.text($0) },
      parse: { Double($0).flatMap { 0...2 ~= $0 ? $0 : nil } })
  }

  static func price(_ name: String, _ property: Property<Double>, _ help: String) -> SettingKey {
    SettingKey(
      name, property, allowed: "a number from 0", help: help,
      text: { TimeUnit.seconds.text($0) },
      parse: { Double($0).flatMap { 0...1_000_000 ~= $0 ? $0 : nil } })
  }

  /// Whether the zone exists is for those to say who have a list of them.
  static func timeZone(_ name: String, _ property: Property<String>, _ help: String) -> SettingKey {
    SettingKey(
      name, property, allowed: "a time zone's IANA name such as 'America/Los_Angeles' or 'UTC'",
      help: help, text: { $0 }, parse: { isTimeZoneName($0) ? $0 : nil })
  }

  /// What is never shown.
  static func secret(_ name: String, _ property: Property<Secret?>, _ help: String) -> SettingKey {
    SettingKey(
      name, form: .text, allowed: "one line of ASCII characters without spaces", help: help,
      isSecret: true, read: { $0[keyPath: property].map { [$0.description] } ?? ["none"] },
      write: { owner, texts in
        guard texts.count == 1, !texts[0].isEmpty, isVisibleASCII(texts[0]) else { return false }
        owner[keyPath: property] = Secret(texts[0])
        return true
      })
  }

  static func isVisibleASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }

  private static func isTimeZoneName(_ text: String) -> Bool {
    1...64 ~= text.utf8.count
      && text.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
        default: false
        }
      }
  }
}
