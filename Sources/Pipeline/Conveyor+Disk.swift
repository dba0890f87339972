import Expressions
import Logging
import Notices
import Settings
import Store
import SystemPackage

// Disks that take nothing more, and what happens when they do again.
extension Conveyor {
  /// How often it is looked whether a full disk has room again.
  static let diskPace = 5.0
  /// How often it is looked whether a library's own limits leave room again: for a quota all its clips are read.
  private static let limitsPace = 60.0
  /// So much more room than there was is taken for a sign that somebody has made some.
  static let roomBytes: Int64 = 16 << 20

  /// Work stands still until the store can be written again.
  func standStill(_ error: any Error) {
    let fault = StoreFault(error)
    let reason =
      switch fault {
      case .diskRefuses:
        """
        the disk of the state folder \(steps.settings.stateFolder) takes nothing more (\(error)): free some space; \
        work goes on by itself
        """
      case .damaged:
        """
        the store is damaged (\(error)): langflix db check says more; langflix db restore and a restart put the last \
        backup in its place
        """
      case .other, nil: "the store can't be used (\(error)); it is tried again by itself"
      }
    if steps.gate.standstill == nil {
      steps.logger.critical("work stands still", metadata: ["reason": "\(reason)"])
    }
    steps.gate.standstill = WorkGate.Standstill(
      reason: reason, until: EpisodeSteps.now + Self.diskPace)
    steps.alarms.raise(.init(kind: .store), reason: reason)
    steps.board.nudge()
  }

  /// - Returns: whether work may go on; a write is tried when it is time to.
  func isMoving(_ now: Double) async -> Bool {
    guard let standstill = steps.gate.standstill else { return true }
    guard now >= standstill.until else { return false }
    do {
      try await steps.store.tryToWrite()
      steps.gate.standstill = nil
      steps.alarms.clear(.init(kind: .store))
      steps.logger.notice("the store can be written again; work goes on")
      steps.board.nudge()
      return true
    } catch {
      standStill(error)
      return false
    }
  }

  /// Other clips of the library would find no room either: all wait, until somebody makes some or `retryAt`.
  func postponeLibrary(
    of episode: EpisodeRecord, _ failure: StepFailure, until retryAt: Double
  ) async throws {
    guard let root = steps.settings.libraries.first(where: { $0.name == episode.library })?.root
    else { return }
    let folder = episode.folder ?? episode.path ?? root
    let free = try await steps.disk.run { DiskSpace.free(at: folder) ?? 0 }
    let cause: WorkGate.FullLibrary.Cause =
      failure.neededBytes.map { .limits(neededBytes: $0) } ?? .disk(freeBytes: free)
    steps.gate.setFull(
      WorkGate.FullLibrary(
        reason: failure.reason, folder: folder, cause: cause, episode: episode.id),
      library: episode.library)
    let isDisk = failure.neededBytes == nil
    steps.alarms.raise(
      .init(kind: .fullDisk, subject: episode.library), reason: failure.reason,
      room: isDisk ? .init(folder: folder.string, bytes: free) : nil)
    try await steps.store.postponeCutting(
      inLibrary: episode.library, reason: failure.reason, until: retryAt, now: EpisodeSteps.now)
    steps.board.nudge()
  }

  /// Ends the waits of libraries that have room again.
  func releaseLibraries() async throws {
    for (name, full) in steps.gate.full {
      switch full.cause {
      case .disk(let freeBytes):
        let free = try await steps.disk.run { DiskSpace.free(at: full.folder) ?? 0 }
        if free < freeBytes + Self.roomBytes, try await steps.isWaiting(full.episode) { continue }
      case .limits(let bytes):
        // Before the look, so that a reload during it has another one follow.
        guard
          steps.gate.takeLook(
            atLibrary: name, now: EpisodeSteps.now, again: EpisodeSteps.now + Self.limitsPace),
          try await isOver(full, inLibrary: name, neededBytes: bytes)
        else { continue }
      }
      steps.gate.setFull(nil, library: name)
      steps.alarms.clear(.init(kind: .fullDisk, subject: name))
      let count = try await steps.store.releaseCutting(
        inLibrary: name, reason: full.reason, now: EpisodeSteps.now)
      steps.logger.notice(
        "the library's clips are cut again",
        metadata: ["library": "\(name)", "episodes": "\(count)"])
      steps.board.nudge()
    }
  }

  /// Whether a library's limits leave room again, or the episode that found none needs none any more.
  private func isOver(
    _ full: WorkGate.FullLibrary, inLibrary name: String, neededBytes bytes: Int64
  ) async throws -> Bool {
    guard try await steps.isWaiting(full.episode) else { return true }
    return try await steps.shortage(of: bytes, inLibrary: name, at: full.folder) == nil
  }
}
