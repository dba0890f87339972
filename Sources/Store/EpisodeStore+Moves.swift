import Expressions
import Foundation
import GRDB
import SystemPackage

/// A set of clips on its way to another folder.
package struct ClipMove: Sendable, Hashable {
  package var from: FilePath
  package var to: FilePath
  /// What the manifest calls the files beside the folder, before and after.
  package var files: [String: String]

  package init(from: FilePath, to: FilePath, files: [String: String]) {
    self.from = from
    self.to = to
    self.files = files
  }
}

// Clips that follow their episode: intended, done, recorded.
extension EpisodeStore {
  /// Records that a set is about to be moved. From here on nothing that is missing in either folder counts as deleted.
  package func beginMove(_ move: ClipMove, of id: Int64) async throws {
    try await write {
      try $0.execute(
        sql:
          "INSERT OR REPLACE INTO move (episode_id, from_folder, to_folder, files) VALUES (?, ?, ?, ?)",
        arguments: [id, move.from.rawBytes, move.to.rawBytes, try Self.json(move.files)])
    }
  }

  /// The move that was begun and not completed, after a kill for instance.
  package func move(of id: Int64) async throws -> ClipMove? {
    try await pool.read { database in
      try Row.fetchOne(
        database, sql: "SELECT from_folder, to_folder, files FROM move WHERE episode_id = ?",
        arguments: [id]
      ).map {
        ClipMove(
          from: FilePath(rawBytes: $0["from_folder"]), to: FilePath(rawBytes: $0["to_folder"]),
          files: try Self.value(from: $0["files"]))
      }
    }
  }

  /// Records that a set has arrived: its folder, and what its files are called now.
  package func completeMove(_ move: ClipMove, of id: Int64) async throws {
    try await write { database in
      try database.execute(sql: "DELETE FROM move WHERE episode_id = ?", arguments: [id])
      try database.execute(
        sql: "UPDATE episode SET folder = ?, clips_lost_at = NULL WHERE id = ?",
        arguments: [move.to.rawBytes, id])
      guard !move.files.isEmpty else { return }
      let rows = try Row.fetchAll(
        database, sql: "SELECT number, file, facts FROM clip WHERE episode_id = ?", arguments: [id])
      for row in rows {
        let file = (row["file"] as String?).map { move.files[$0] ?? $0 }
        let facts = try (row["facts"] as String?).map { text in
          let facts: JSONValue = try Self.value(from: text)
          return try Self.json(facts.replacing(move.files))
        }
        try database.execute(
          sql: "UPDATE clip SET file = ?, facts = ? WHERE episode_id = ? AND number = ?",
          arguments: [file, facts, id, row["number"] as Int])
      }
    }
  }

  /// Forgets a move of which nothing was done, or whose set is in neither folder any more.
  package func abandonMove(of id: Int64) async throws {
    try await write {
      try $0.execute(sql: "DELETE FROM move WHERE episode_id = ?", arguments: [id])
    }
  }
}
