extension SettingKeys {
  /// How subtitle files are read.
  static let subtitles: [SettingKey<LangflixSettings>] = [
    .charset(
      "subtitles.charset", \.subtitles.charset,
      "Charset of subtitle files that are not in Unicode."),
    .styles(
      "subtitles.left_out_styles", \.subtitles.leftOutStyles,
      "Styles of ASS subtitles that nobody says, besides usual ones such as `sign*` and `*karaoke*`."
    ),
    .styles(
      "subtitles.dialogue_styles", \.subtitles.dialogueStyles,
      "Styles of ASS subtitles that are dialogue, whatever they are called."),
    .mebibytes(
      "subtitles.max_mib", 1...1_024, \.subtitles.maximumBytes,
      "Larger subtitle files are not read."),
  ]

  /// The same, of one library.
  static let librarySubtitles: [SettingKey<LibrarySettings>] = [
    .charset(
      "subtitles.charset", \.subtitles.charset, default: "as `subtitles.charset`",
      "Charset of subtitle files that are not in Unicode."),
    .styles(
      "subtitles.left_out_styles", \.subtitles.leftOutStyles,
      default: "as `subtitles.left_out_styles`", "Styles of ASS subtitles that nobody says."),
    .styles(
      "subtitles.dialogue_styles", \.subtitles.dialogueStyles,
      default: "as `subtitles.dialogue_styles`", "Styles of ASS subtitles that are dialogue."),
  ]
}

extension SettingKey {
  /// Whether there is such a charset is for those to say who read with it.
  fileprivate static func charset(
    _ name: String, _ property: Property<String?>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property, allowed: "'auto', or a charset's name such as 'windows-1250' or 'CP949'",
      help: help, defaultNote: defaultNote, text: { $0 ?? "auto" },
      parse: { text in
        if text.lowercased() == "auto" { return .some(nil) }
        return text.isEmpty || text.utf8.count > 40 ? nil : .some(text)
      })
  }

  fileprivate static func styles(
    _ name: String, _ property: Property<[String]>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, form: .list, allowed: "a list of style names, which may hold * and ?", help: help,
      defaultNote: defaultNote, read: { $0[keyPath: property] },
      write: { owner, texts in
        guard texts.count <= 200, texts.allSatisfy({ 1...100 ~= $0.utf8.count }) else {
          return false
        }
        owner[keyPath: property] = texts
        return true
      })
  }
}
