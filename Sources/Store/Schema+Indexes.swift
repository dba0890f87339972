import GRDB

extension Schema {
  /// For what is looked up often, or where a deletion looks for those that refer to it.
  static func addIndexes(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE INDEX clip_by_publication ON clip (published_at) WHERE published_at IS NOT NULL;
        CREATE INDEX episode_by_predecessor ON episode (predecessor) WHERE predecessor IS NOT NULL;
        CREATE INDEX episode_by_size ON episode (size_bytes) WHERE fingerprint IS NULL;
        CREATE INDEX episode_by_folder ON episode (folder) WHERE folder IS NOT NULL;
        """)
  }
}
