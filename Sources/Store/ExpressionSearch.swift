import Expressions
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
  /// Of more matches than this nobody looks for the best one, and ranking them takes longer than finding them.
  package static let rankedMatches = 2_000

  /// Those in which every word of a text begins some word; in languages written without spaces, those that hold the
  /// text. The best match first; without a text, and where more than `rankedMatches` match, the newest.
  package func expressions(
    matching text: String, level: String?, limit: Int, offset: Int
  ) async throws -> (expressions: [ExpressionRow], total: Int) {
    let way = SearchWay(text)
    return try await pool.read { database in
      let (ids, total) = try way.matches(database, level: level, limit: limit, offset: offset)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT expression.*, episode.library, (SELECT path FROM location
              WHERE location.episode_id = episode.id ORDER BY is_missing, path LIMIT 1) AS path
            FROM json_each(?) AS found JOIN expression ON expression.id = found.value
            JOIN episode ON episode.id = expression.episode_id ORDER BY found.key
          """, arguments: [try Self.json(ids)])
      return (rows.map(ExpressionRow.init(row:)), total)
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
    let hasNoSpaces = text.unicodeScalars.contains(where: \.isOfSpacelessScript)
    if hasNoSpaces {
      self = .part(text.trimmingCharacters(in: .whitespacesAndNewlines))
    } else if words.isEmpty {
      self = .everything
    } else {
      // In quotes every word is only a word, whatever FTS5's language would make of it.
      self = .words(words.map { "\"\($0)\"*" }.joined(separator: " "))
    }
  }

  /// The ids of some matches in their order, and how many match.
  func matches(
    _ database: Database, level: String?, limit: Int, offset: Int
  ) throws -> (ids: [Int64], total: Int) {
    let range: StatementArguments = ["limit": limit, "offset": offset]
    switch self {
    case .everything:
      let rows = level == nil ? "expression" : "expression WHERE level = :level"
      let known: StatementArguments = level.map { ["level": $0] } ?? [:]
      return (
        try Int64.fetchAll(
          database, sql: "SELECT id FROM \(rows) ORDER BY id DESC LIMIT :limit OFFSET :offset",
          arguments: known + range),
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(rows)", arguments: known) ?? 0
      )
    case .words(let words):
      // The table of expressions is looked into only where it has to be, and for what the words found: never the other
      // way about, where each of a level's rows would be a search of its own.
      let rows =
        level == nil
        ? "expression_words WHERE expression_words MATCH :text"
        : """
        expression_words CROSS JOIN expression ON expression.id = expression_words.rowid
          WHERE expression_words MATCH :text AND level = :level
        """
      var known: StatementArguments = ["text": words]
      if let level { known = known + ["level": level] }
      let total =
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(rows)", arguments: known) ?? 0
      // What is found in the expression itself goes before what is found in its meaning.
      let order =
        total > EpisodeStore.rankedMatches
        ? "expression_words.rowid DESC"
        : "bm25(expression_words, 8.0, 10.0, 1.0, 2.0), expression_words.rowid DESC"
      let ids = try Int64.fetchAll(
        database,
        sql:
          "SELECT expression_words.rowid FROM \(rows) ORDER BY \(order) LIMIT :limit OFFSET :offset",
        arguments: known + range)
      return (ids, total)
    case .part(let text):
      // Every row has to be looked at, so this is done once for both.
      let ids = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM expression WHERE (instr(phrase, :text) OR instr(dictionary_form, :text)
            OR instr(meaning, :text) OR instr(translation, :text)) AND (:level IS NULL OR level = :level)
          ORDER BY id DESC
          """, arguments: ["text": text, "level": level])
      return (Array(ids.dropFirst(offset).prefix(limit)), ids.count)
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
}
