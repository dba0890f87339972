import Expressions
import GRDB

/// One group's clip as the store knows it.
package struct ClipRecord: Sendable, Hashable {
  package enum State: String, Sendable, Hashable { case pending, published, failed }

  package var group: Group
  package var state: State
  /// Name in the episode's clip folder.
  package var file: String?
  /// Why it could not be made, or why it was encoded anew.
  package var reason: String?
  /// What the manifest says of the file, as JSON, opaque to the store.
  package var facts: String?
  /// When it was published first, in seconds since 1970; also of one that is to be cut anew.
  package var publishedAt: Double?
  /// When a person marked its expressions as known, in seconds since 1970.
  package var knownAt: Double?
  /// When it was seen that a person deleted it, in seconds since 1970.
  package var goneAt: Double?

  package init(
    group: Group, state: State, file: String?, reason: String?, facts: String?,
    publishedAt: Double?, knownAt: Double?, goneAt: Double?
  ) {
    self.group = group
    self.state = state
    self.file = file
    self.reason = reason
    self.facts = facts
    self.publishedAt = publishedAt
    self.knownAt = knownAt
    self.goneAt = goneAt
  }

  /// Whether a file of it was published, which may be one that is to be replaced.
  package var hasFile: Bool { file != nil && state != .failed }
}

extension ClipRecord {
  static let columns = "content, state, file, reason, facts, published_at, known_at, gone_at"

  init(row: Row) throws {
    group = try EpisodeStore.value(from: row["content"])
    let stateText: String = row["state"]
    guard let state = State(rawValue: stateText) else {
      throw StoreError(code: .newer, message: "the store holds a clip that is '\(stateText)'")
    }
    self.state = state
    file = row["file"]
    reason = row["reason"]
    facts = row["facts"]
    publishedAt = row["published_at"]
    knownAt = row["known_at"]
    goneAt = row["gone_at"]
  }
}

/// What became of one group's clip.
package struct ClipOutcome: Sendable, Hashable {
  /// The group's `id`.
  package var id: Int
  /// Name in the episode's clip folder, or nil when it could not be made.
  package var file: String?
  package var reason: String?
  package var facts: String?

  package init(id: Int, file: String?, reason: String?, facts: String? = nil) {
    self.id = id
    self.file = file
    self.reason = reason
    self.facts = facts
  }
}
