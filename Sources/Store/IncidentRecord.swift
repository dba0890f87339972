import Foundation
import GRDB
import SystemPackage

/// An attempt at an episode that failed.
package struct IncidentRecord: Sendable, Hashable {
  package var episode: Int64
  /// A place where the episode's file is or was.
  package var path: FilePath?
  /// In seconds since 1970.
  package var at: Double
  /// The state that it failed in.
  package var step: String
  package var reason: String
}

extension IncidentRecord {
  static let columns = """
    incident.id, incident.episode_id, incident.at, incident.step, incident.reason,
    (SELECT path FROM location WHERE location.episode_id = incident.episode_id ORDER BY is_missing, path LIMIT 1)
      AS path
    """

  init(row: Row) {
    episode = row["episode_id"]
    path = (row["path"] as Data?).map(FilePath.init(rawBytes:))
    at = row["at"]
    step = row["step"]
    reason = row["reason"]
  }
}
