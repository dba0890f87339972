import Expressions
import Foundation
import GRDB
import SystemPackage

/// One episode as the store knows it.
package struct EpisodeRecord: Sendable, Hashable {
  package var id: Int64
  package var library: String
  package var fingerprint: String?
  package var origin: EpisodeOrigin
  package var state: EpisodeState
  package var reason: String?
  package var attempts: Int
  /// Seconds since 1970; nil means now.
  package var nextAttemptAt: Double?
  package var sizeBytes: Int64
  /// The probe's answer as JSON, opaque to the store.
  package var probe: String?
  /// Where its clips were published.
  package var folder: FilePath?
  /// What the clips in `folder` were cut from, while those of a better file are still to come.
  package var formerFingerprint: String?
  /// A place where the file is; nil when it is gone from all of them.
  package var path: FilePath?
  /// Time of last change of the file at `path`, in nanoseconds since 1970.
  package var modified: Int64?
  /// Where it was last, when it is gone.
  package var lastPath: FilePath?

  package var isGone: Bool { path == nil }
  package var knownPath: FilePath? { path ?? lastPath }
}

/// Why an episode was taken; also the order in which work is done.
package enum EpisodeOrigin: String, Sendable, Hashable, CaseIterable {
  case request, news, backlog

  /// The lower one's work is done first.
  package var rank: Int {
    switch self {
    case .request: 0
    case .news: 1
    case .backlog: 2
    }
  }
}

extension EpisodeRecord {
  static let columns = """
    episode.id, episode.library, episode.fingerprint, episode.origin, episode.state, episode.reason,
    episode.attempts, episode.next_attempt_at, episode.size_bytes, episode.probe, episode.folder,
    episode.former_fingerprint,
    (SELECT path FROM location WHERE episode_id = episode.id AND is_missing = 0 ORDER BY path LIMIT 1) AS path,
    (SELECT modified_ns FROM location WHERE episode_id = episode.id AND is_missing = 0 ORDER BY path LIMIT 1)
      AS modified,
    (SELECT path FROM location WHERE episode_id = episode.id ORDER BY path LIMIT 1) AS last_path
    """

  init(row: Row) throws {
    id = row["id"]
    library = row["library"]
    fingerprint = row["fingerprint"]
    let originText: String = row["origin"]
    guard let origin = EpisodeOrigin(rawValue: originText) else {
      throw StoreError(unknown: originText)
    }
    self.origin = origin
    state = try Self.state(row["state"])
    reason = row["reason"]
    attempts = row["attempts"]
    nextAttemptAt = row["next_attempt_at"]
    sizeBytes = row["size_bytes"]
    probe = row["probe"]
    folder = (row["folder"] as Data?).map(FilePath.init(rawBytes:))
    formerFingerprint = row["former_fingerprint"]
    path = (row["path"] as Data?).map(FilePath.init(rawBytes:))
    modified = row["modified"]
    lastPath = (row["last_path"] as Data?).map(FilePath.init(rawBytes:))
  }
  static func state(_ text: String) throws -> EpisodeState {
    guard let state = EpisodeState(rawValue: text) else { throw StoreError(unknown: text) }
    return state
  }
}
