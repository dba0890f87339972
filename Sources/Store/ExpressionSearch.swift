import Foundation
import GRDB
import SystemPackage

/// An expression of a clip, as a search finds it.
package struct ExpressionRow: Sendable, Hashable {
  package var episode: Int64
  package var library: String
  /// A place where the episode's file is or was.
  package var path: FilePath?
  /// The clip's number.
  package var clip: Int
  package var phrase: String
  package var dictionaryForm: String
  package var meaning: String
  package var translation: String?
  package var level: String?
  package var register: String?
}

extension ExpressionRow {
  fileprivate init(row: Row) {
    episode = row["episode_id"]
    library = row["library"]
    path = (row["path"] as Data?).map(FilePath.init(rawBytes:))
    clip = row["clip"]
    phrase = row["phrase"]
    dictionaryForm = row["dictionary_form"]
    meaning = row["meaning"]
    translation = row["translation"]
    level = row["level"]
    register = row["register"]
  }
}

// The search over the expressions of all clips.
extension EpisodeStore {
  /// Those in which every word of a text begins some word; in languages written without spaces, those that hold the
  /// text. The best match first, without a text the newest.
  package func expressions(
    matching text: String, level: String?, limit: Int, offset: Int
  ) async throws -> (expressions: [ExpressionRow], total: Int) {
    let way = SearchWay(text)
    return try await pool.read { database in
      let arguments: StatementArguments = ["text": way.argument, "level": level]
      let from =
        "expression \(way.join) WHERE \(way.condition) AND (:level IS NULL OR level = :level)"
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(from)", arguments: arguments)
      let rows = try Row.fetchAll(
        database,
        sql: """
          WITH found AS (SELECT expression.*, row_number() OVER () AS position FROM (
            SELECT expression.id AS found_id FROM \(from) ORDER BY \(way.order) LIMIT :limit OFFSET :offset)
            JOIN expression ON expression.id = found_id)
          SELECT found.*, episode.library, (SELECT path FROM location
              WHERE location.episode_id = episode.id ORDER BY is_missing, path LIMIT 1) AS path
            FROM found JOIN episode ON episode.id = found.episode_id ORDER BY position
          """, arguments: arguments + ["limit": limit, "offset": offset])
      return (rows.map(ExpressionRow.init(row:)), total ?? 0)
    }
  }
}

/// How a text is looked for.
private enum SearchWay {
  case everything
  /// In the form that FTS5 understands.
  case words(String)
  case part(String)

  init(_ text: String) {
    let words = text.unicodeScalars.split { !Self.isOfWord($0) }.map(String.init)
    let hasNoSpaces = text.unicodeScalars.contains { Self.isOfSpacelessScript($0) }
    if hasNoSpaces {
      self = .part(text.trimmingCharacters(in: .whitespacesAndNewlines))
    } else if words.isEmpty {
      self = .everything
    } else {
      // In quotes every word is only a word, whatever FTS5's language would make of it.
      self = .words(words.map { "\"\($0)\"*" }.joined(separator: " "))
    }
  }

  var argument: String? {
    switch self {
    case .everything: nil
    case .words(let text), .part(let text): text
    }
  }

  var join: String {
    switch self {
    case .words: "JOIN expression_words ON expression_words.rowid = expression.id"
    case .everything, .part: ""
    }
  }

  var condition: String {
    switch self {
    case .everything: ":text IS NULL"
    case .words: "expression_words MATCH :text"
    case .part:
      """
      (instr(expression.phrase, :text) OR instr(expression.dictionary_form, :text)
        OR instr(expression.meaning, :text) OR instr(coalesce(expression.translation, ''), :text))
      """
    }
  }

  var order: String {
    switch self {
    // What is found in the expression itself goes before what is found in its meaning.
    case .words: "bm25(expression_words, 8.0, 10.0, 1.0, 2.0), expression.id DESC"
    case .everything, .part: "expression.id DESC"
    }
  }

  /// As the tokenizer divides words.
  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }

  /// Chinese characters, kana, Thai, Lao, Khmer, Burmese.
  private static func isOfSpacelessScript(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
