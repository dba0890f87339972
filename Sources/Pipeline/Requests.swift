import Control
import Expressions
import Library
import Settings
import Store
import SystemPackage

/// What people ask for by hand, whoever does the work: the daemon, or the command itself.
struct Requests: Sendable {
  let workshop: Workshop
  let doorbell: Doorbell

  var store: EpisodeStore { workshop.store }

  /// Has files processed and waits until each is at rest.
  func process(
    _ paths: [FilePath], progress: @Sendable (ProgressReport) async throws -> Void
  ) async throws -> [EpisodeReport] {
    guard !workshop.steps.gate.stops(.request) else {
      throw ControlError(
        message: "work is paused, and nothing was queued: langflix resume lets it go on")
    }
    // Watching begins before the work does, so that no change is missed.
    let changes = workshop.board.changes()
    var reports: [FilePath: EpisodeReport] = [:]
    for path in paths {
      do {
        try await enqueue(path)
        if let report = try await reportAtRest(path) { reports[path] = report }
      } catch let failure as StepFailure {
        reports[path] = Self.refused(path, failure.reason)
      }
    }
    doorbell.ring()
    var texts: [FilePath: String] = [:]
    var iterator = changes.makeAsyncIterator()
    while paths.contains(where: { reports[$0] == nil }), let change = await iterator.next() {
      for path in paths where reports[path] == nil {
        if let report = try await reportAtRest(path) {
          reports[path] = report
        } else if try await store.episode(at: path)?.id == change.episode,
          texts[path] != change.text
        {
          texts[path] = change.text
          try await progress(
            ProgressReport(
              file: path.string, state: "working", text: change.text, fraction: change.fraction))
        }
      }
    }
    try Task.checkCancellation()
    return paths.compactMap { reports[$0] }
  }

  func retry(_ selection: RetrySelection) async throws -> Int {
    let now = EpisodeSteps.now
    // What only a person could mend may be mended.
    await workshop.steps.pool.reopen()
    let count =
      switch selection {
      case .all: try await store.retry(nil, now: now)
      case .episode(let id): try await retry(id, now)
      case .backlog(let newest): try await store.takeBacklog(newest: newest, now: now)
      }
    doorbell.ring()
    return count
  }

  private func retry(_ id: Int64, _ now: Double) async throws -> Int {
    let count = try await store.retry([id], now: now)
    guard count == 0 else { return count }
    guard let record = try await store.overview(of: id)?.record else {
      throw ControlError(message: "there is no episode \(id); langflix status shows the numbers")
    }
    throw ControlError(
      message: """
        episode \(id) is \(record.state.rawValue), not failed or waiting. What was left alone is taken by its file: \
        langflix process FILE; what is done is made again by langflix retry --recut or --reask
        """)
  }

  /// Makes a file work: a new one, one that failed or waited, or one whose clips are gone.
  private func enqueue(_ path: FilePath) async throws {
    let observed = try await workshop.steps.disk.run { () throws -> ObservedFile in
      if let problem = RequestedFile.problem(with: path) { throw StepFailure(.permanent, problem) }
      guard let file = EpisodeFiles.observe(path) else {
        throw StepFailure(.permanent, "it can't be read: check its permissions")
      }
      return file
    }
    let library = workshop.settings.library(containing: path)?.name ?? ""
    let record = try await store.recordRequest(
      FileStamp(observed), library: library, now: EpisodeSteps.now)
    try await workshop.steps.revive(record, origin: .request, at: path)
  }

  /// The episode's report when nothing more will happen to it by itself right now.
  private func reportAtRest(_ path: FilePath) async throws -> EpisodeReport? {
    guard let record = try await store.episode(at: path) else { return nil }
    if try await store.isMissing(at: path) {
      return Self.refused(path, "the file is gone from there")
    }
    guard !record.state.isWorking || record.nextAttemptAt != nil || record.isGone else {
      return nil
    }
    // It waits for a provider, and has clips that need none.
    guard try await !store.hasEarlyClips(record.id, now: EpisodeSteps.now),
      try await !store.isToBePlaced(record.id, now: EpisodeSteps.now),
      try await !store.isToBeLookedAt(record.id, now: EpisodeSteps.now)
    else { return nil }
    return try await store.overview(of: record.id).map(StatusReporter.episode)
  }

  private static func refused(_ path: FilePath, _ reason: String) -> EpisodeReport {
    EpisodeReport(
      id: 0, name: path.stem ?? "", path: path.string, library: "", origin: "request",
      state: EpisodeState.failed.rawValue, reason: reason, attempts: 0, nextAttemptAt: nil,
      batches: .init(done: 0, failed: 0, total: 0), clips: 0, clipsFailed: 0, folder: nil)
  }
}
