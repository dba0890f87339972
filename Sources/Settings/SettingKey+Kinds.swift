import SystemPackage

/// The kinds of values that keys have.
extension SettingKey {
  typealias Property<Value> = any WritableKeyPath<Owner, Value> & Sendable

  static func integer(
    _ name: String, _ range: ClosedRange<Int>, _ property: Property<Int>, _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      help: help, text: { "\($0)" }, parse: { Int($0).flatMap { range.contains($0) ? $0 : nil } })
  }

  /// A time, kept to the millisecond.
  static func time(
    _ name: String, in unit: TimeUnit, _ range: ClosedRange<Double>,
    _ property: Property<Duration>, _ help: String
  ) -> SettingKey {
    let limits = "from \(unit.text(range.lowerBound)) to \(unit.text(range.upperBound))"
    return SettingKey(
      name, property, allowed: "\(unit.rawValue) \(limits)", help: help,
      text: { unit.text($0) },
      parse: { text in
        guard let number = Double(text), range.contains(number) else { return nil }
        return unit.duration(number)
      })
  }

  /// A size in MiB; the property counts bytes.
  static func mebibytes(
    _ name: String, _ range: ClosedRange<Int64>, _ property: Property<Int64>, _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      help: help, text: { "\($0 >> 20)" },
      parse: { Int64($0).flatMap { range.contains($0) ? $0 << 20 : nil } })
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ property: Property<Choice>, _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, allowed: oneOf(Choice.allCases.map(\.rawValue)), help: help,
      text: { $0.rawValue }, parse: { Choice(rawValue: $0) })
  }

  static func path(
    _ name: String, _ property: Property<FilePath>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, form: .path, allowed: pathsAllowed, help: help, defaultNote: defaultNote,
      text: { $0.string }, parse: { absolutePath($0) })
  }

  static func language(
    _ name: String, _ property: Property<String>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, allowed: languagesAllowed, help: help, defaultNote: defaultNote,
      text: { $0 }, parse: { languageCode($0) })
  }

  static func optionalLanguage(
    _ name: String, _ property: Property<String?>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    optional(
      name, property, allowed: languagesAllowed, help: help, default: defaultNote, text: { $0 },
      parse: { languageCode($0) })
  }

  /// What may be unset, which is written "none".
  static func optional<Value>(
    _ name: String, _ property: Property<Value?>, form: SettingKeyForm = .text, allowed: String,
    help: String, default defaultNote: String? = nil, text: @escaping @Sendable (Value) -> String,
    parse: @escaping @Sendable (String) -> Value?
  ) -> SettingKey {
    SettingKey(
      name, property, form: form, allowed: "\(allowed), or 'none'", help: help,
      defaultNote: defaultNote, text: { $0.map(text) ?? "none" },
      parse: { written in
        if written == "none" { return .some(nil) }
        guard let value = parse(written) else { return nil }
        return .some(value)
      })
  }

  static func backlog(
    _ name: String, _ property: Property<BacklogPolicy>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, allowed: "'none', 'newest N' with N from 1, or 'all'", help: help,
      defaultNote: defaultNote, text: { $0.description }, parse: { BacklogPolicy($0) })
  }

  static func patterns(_ name: String, _ property: Property<[String]>, _ help: String)
    -> SettingKey
  {
    SettingKey(
      name, form: .list,
      allowed: "a list of names, or of paths below the library's folder; with *, ? and **",
      help: help, read: { $0[keyPath: property] },
      write: { owner, texts in
        guard texts.allSatisfy(isPattern) else { return false }
        owner[keyPath: property] = texts
        return true
      })
  }

  /// Whether something can match it: it holds a name, and no empty one between slashes.
  private static func isPattern(_ text: String) -> Bool {
    var text = text.hasPrefix("!") ? text.dropFirst() : text[...]
    if text.hasPrefix("/") { text.removeFirst() }
    if text.hasSuffix("/") { text.removeLast() }
    return !text.contains("\0")
      && !text.split(separator: "/", omittingEmptySubsequences: false).contains("")
  }

  static var pathsAllowed: String { "a path" }
  private static var languagesAllowed: String {
    "a two-letter language code (ISO 639-1) such as 'en' or 'es'"
  }

  static func absolutePath(_ text: String) -> FilePath? {
    // A path ends at its first zero byte, so what follows would be dropped unseen.
    guard !text.contains("\0") else { return nil }
    let path = FilePath(text)
    return path.isAbsolute ? path : nil
  }

  private static func languageCode(_ text: String) -> String? {
    let code = text.lowercased()
    // Tracks and file names of both written forms are known as Norwegian.
    if code == "nb" || code == "nn" { return "no" }
    return LanguageCodes.all.contains(code) ? code : nil
  }

  private static func oneOf(_ choices: [String]) -> String {
    let quoted = choices.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
