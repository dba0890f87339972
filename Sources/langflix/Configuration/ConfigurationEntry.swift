import ServiceHost
import Settings
import SystemPackage

/// One value that a source gives to one key.
struct ConfigurationEntry {
  enum Value {
    case text(String)
    case list([String])

    var texts: [String] {
      switch self {
      case .text(let text): [text]
      case .list(let texts): texts
      }
    }
  }

  enum Source: Equatable, CustomStringConvertible {
    case flag(String)
    case variable(String)
    case file(FilePath, line: Int)

    var description: String {
      switch self {
      case .flag(let name), .variable(let name): name
      case .file(let path, let line): "\(ShownText.plain(path.string)):\(line)"
      }
    }
  }

  /// The key's full path: ["selection", "clips"], ["libraries", "tv", "path"] or
  /// ["providers", "ollama", "model"].
  var key: [String]
  var value: Value
  var source: Source

  /// Where the path of the library that `media` stands for is kept.
  static let mediaKey = ["libraries", SettingKeys.mediaName, "path"]

  /// The entry of a key at the top level, by its dotted name.
  ///
  /// - Parameter text: the elements of a list have commas between them.
  init(top name: String, form: SettingKeyForm, text: String, source: Source) {
    let parts = name.split(separator: ".").map { String($0) }
    let elements = text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.trimmingPrefix { $0.isWhitespace })
    }
    self.init(
      key: name == SettingKeys.media.name ? Self.mediaKey : parts,
      value: form == .list ? .list(elements) : .text(text), source: source)
  }

  init(key: [String], value: Value, source: Source) {
    self.key = key
    self.value = value
    self.source = source
  }
}

/// Values and names as messages show them.
enum ShownText {
  private static let longest = 120

  /// In quotes and cut to a readable length.
  static func quoted(_ text: String) -> String {
    let shown = text.count > longest ? text.prefix(longest) + "…" : text[...]
    return "'\(plain(String(shown)))'"
  }

  /// In double quotes, as a YAML file may hold it.
  static func inYAML(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  /// On one line and without what a terminal would obey.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { HiddenCharacters.contains($0) ? "\u{FFFD}" : $0 }))
  }
}
