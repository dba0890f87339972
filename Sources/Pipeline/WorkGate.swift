import Control
import Store
import Synchronization
import SystemPackage

/// What keeps work from being taken: a person's pause, and disks that take nothing more.
///
/// The pause is the store's, read at the start and set by requests; the rest is found out anew by every run.
final class WorkGate: Sendable {
  /// The store can't be written.
  struct Standstill: Sendable, Equatable {
    var reason: String
    /// When a write is tried again, in seconds since 1970.
    var until: Double
  }

  /// A library with no room for more clips.
  struct FullLibrary: Sendable, Equatable {
    enum Cause: Sendable, Equatable {
      /// The disk took no more, when so many bytes were free.
      case disk(freeBytes: Int64)
      /// The library's own limits leave less than these bytes.
      case limits(neededBytes: Int64)
    }

    var reason: String
    /// Where the clips were to go.
    var folder: FilePath
    var cause: Cause
    /// Whose clips found no room.
    var episode: Int64
    /// When its limits are to be looked at again, in seconds since 1970.
    var lookAgainAt = 0.0
  }

  private struct State {
    var pause: WorkPause
    var standstill: Standstill?
    var full: [String: FullLibrary] = [:]
  }

  private let state: Mutex<State>

  init(pause: WorkPause) { state = Mutex(State(pause: pause)) }

  var pause: WorkPause {
    get { state.withLock { $0.pause } }
    set { state.withLock { $0.pause = newValue } }
  }

  var standstill: Standstill? {
    get { state.withLock { $0.standstill } }
    set { state.withLock { $0.standstill = newValue } }
  }

  /// By the libraries' names.
  var full: [String: FullLibrary] { state.withLock { $0.full } }

  func setFull(_ full: FullLibrary?, library: String) {
    state.withLock { $0.full[library] = full }
  }

  /// - Returns: whether a library's limits are to be looked at now; if so, not again until `again`.
  func takeLook(atLibrary library: String, now: Double, again: Double) -> Bool {
    state.withLock { state in
      guard let full = state.full[library], full.lookAgainAt <= now else { return false }
      state.full[library]?.lookAgainAt = again
      return true
    }
  }

  /// The limits of libraries may be others: they are looked at soon.
  func lookAgain() {
    state.withLock { state in
      for library in Array(state.full.keys) { state.full[library]?.lookAgainAt = 0 }
    }
  }

  /// The library has room again, unless another episode has found none meanwhile.
  func endFull(_ full: FullLibrary, library: String) {
    state.withLock { state in
      if state.full[library]?.episode == full.episode { state.full[library] = nil }
    }
  }

  /// For which reasons work is taken now.
  var origins: [EpisodeOrigin] {
    let pause = pause
    return EpisodeOrigin.allCases.filter { !pause.stops($0) }
  }

  func stops(_ origin: EpisodeOrigin) -> Bool { pause.stops(origin) }

  /// Nil while work goes on.
  var report: PauseReport? {
    let (pause, standstill) = state.withLock { ($0.pause, $0.standstill) }
    let report = PauseReport(
      allSince: pause.since[.all], backlogSince: pause.since[.backlog], reason: standstill?.reason)
    return report.isEmpty ? nil : report
  }
}

/// A step ends because its work was paused; it goes on when it is resumed.
struct WorkPaused: Error, Sendable {}
