import Foundation

/// Everything that pages say in langflix's own words, in each of their languages: `words.json` is its one source.
///
/// Templates name an entry as `[[key]]`; what it holds is part of the template, tags and values of it included. Code
/// fills in `{name}`, and what it makes is escaped as any other value.
enum Words {
  struct Entry: Sendable, Decodable {
    var en: String
    var ko: String

    subscript(_ language: Language) -> String {
      switch language {
      case .english: en
      case .korean: ko
      }
    }
  }

  static let entries: [String: Entry] = {
    do {
      return try JSONDecoder().decode(
        [String: Entry].self, from: Data(PackageResources.words_json))
    } catch {
      preconditionFailure("words.json is wrong: \(error)")
    }
  }()

  static func entry(_ key: String) -> Entry {
    guard let entry = entries[key] else { preconditionFailure("words.json lacks \(key)") }
    return entry
  }

  /// A word with its values filled in.
  static func text(
    _ word: Word, _ language: Language, _ values: [String: String] = [:]
  ) -> String {
    fill(entry(word.rawValue)[language], values)
  }

  /// A word of which there is one form for one and another for more, as "{n} clip|{n} clips".
  static func count(
    _ word: Word, _ number: Int, _ language: Language, _ values: [String: String] = [:]
  ) -> String {
    let forms = entry(word.rawValue)[language].split(separator: "|")
    let form = number == 1 ? forms[0] : forms[forms.count - 1]
    return fill(String(form), values.merging(["n": "\(number)"]) { $1 })
  }

  /// A template in one language.
  static func translate(_ template: String, _ language: Language) -> String {
    pieces(of: template, "[[", "]]") { entry($0)[language] }
  }

  private static func fill(_ text: String, _ values: [String: String]) -> String {
    guard !values.isEmpty else { return text }
    return pieces(of: text, "{", "}") { values[$0] ?? "" }
  }

  /// One pass: a value that looks like a place of its own stays as it is.
  private static func pieces(
    of text: String, _ open: String, _ close: String, _ value: (String) -> String
  ) -> String {
    var result = ""
    for (position, piece) in text.components(separatedBy: open).enumerated() {
      guard position > 0, let end = piece.range(of: close) else {
        result += piece
        continue
      }
      result += value(String(piece[..<end.lowerBound])) + piece[end.upperBound...]
    }
    return result
  }
}
