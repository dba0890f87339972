import Notices
import Synchronization
import SystemPackage

/// What needs a person, as those parts of the program say that see it; and that something moves.
///
/// Nobody who reports waits: `Teller` looks here when the bell rings.
final class Alarms: Sendable {
  struct Key: Sendable, Hashable {
    var kind: TroubleNews.Kind
    /// The provider or the library; nothing where there is one only.
    var subject = ""
  }

  enum Standing: Sendable, Hashable {
    /// - Parameter room: where a disk has to have more room than this, in bytes, for it to be over.
    case on(reason: String, since: Double, room: Room?)
    case over(since: Double)
  }

  struct Room: Sendable, Hashable, Codable {
    var folder: String
    var bytes: Int64
  }

  private struct State {
    var standings: [Key: Standing] = [:]
    var moves = 0
  }

  let bell = Doorbell()
  private let state = Mutex(State())

  func raise(_ key: Key, reason: String, room: Room? = nil) {
    let now = EpisodeSteps.now
    let isNew = state.withLock { state in
      let since: Double? =
        if case .on(_, let since, _) = state.standings[key] { since } else { nil }
      state.standings[key] = .on(reason: reason, since: since ?? now, room: room)
      return since == nil
    }
    if isNew { bell.ring() }
  }

  func clear(_ key: Key) {
    let now = EpisodeSteps.now
    let isNew = state.withLock { state in
      if case .over = state.standings[key] { return false }
      state.standings[key] = .over(since: now)
      return true
    }
    if isNew { bell.ring() }
  }

  /// Something was done.
  func moved() { state.withLock { $0.moves += 1 } }

  var moves: Int { state.withLock { $0.moves } }

  var standings: [Key: Standing] { state.withLock { $0.standings } }
}
