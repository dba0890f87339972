/// The kinds of values that describe the learner.
extension SettingKey {
  static func level(
    _ name: String, _ property: Property<LevelSetting>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, property,
      allowed:
        "a level from 'A1' to 'C2', two such as 'B1-B2', or 'beginner', 'intermediate', 'advanced' or 'mixed'",
      help: help, defaultNote: defaultNote, text: { $0.description }, parse: { LevelSetting($0) })
  }

  static func known(
    _ name: String, _ property: Property<[String]>, default defaultNote: String? = nil,
    _ help: String
  ) -> SettingKey {
    SettingKey(
      name, form: .list, allowed: "a list of up to 500 expressions of up to 80 characters each",
      help: help, defaultNote: defaultNote, read: { $0[keyPath: property] },
      write: { owner, texts in
        let expressions = texts.map { trimmed($0[...]) }
        guard expressions.count <= 500, expressions.allSatisfy({ isExpression($0) }) else {
          return false
        }
        owner[keyPath: property] = expressions
        return true
      })
  }

  /// Without the white space at both ends.
  static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private static func isExpression(_ text: String) -> Bool {
    1...80 ~= text.count && text.utf8.count <= 1_000
      && text.unicodeScalars.allSatisfy {
        switch $0.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
      }
  }
}
