import Control
import Expressions
import Library
import Settings
import Store
import SystemPackage

/// Makes the status of rows: what is queued, running, done and failed.
package struct StatusReporter: Sendable {
  private let settings: LangflixSettings
  private let store: EpisodeStore
  private let board: ProgressBoard
  private let bridge: LibraryBridge?

  /// So many of the latest episodes are listed; the counts cover all.
  private static let listed = 500
  /// For estimates, where nothing was probed yet: an episode's usual length and a clip's.
  private static let usualEpisode = Duration.seconds(2_700)
  private static let usualClip = Duration.seconds(15)

  init(workshop: Workshop, bridge: LibraryBridge?) {
    settings = workshop.settings
    store = workshop.store
    board = workshop.board
    self.bridge = bridge
  }

  package init(workshop: Workshop) { self.init(workshop: workshop, bridge: nil) }

  package func report() async throws -> StatusReport {
    let (states, gone) = try await store.counts()
    var named = Dictionary(uniqueKeysWithValues: states.map { ($0.key.rawValue, $0.value) })
    if gone > 0 { named["gone"] = gone }
    let overview = try await store.overview(limit: Self.listed)
    return StatusReport(
      version: ProgramVersion.current, isRunning: bridge != nil,
      provider: settings.provider.name.rawValue,
      counts: named,
      libraries: settings.libraries.map(library), backlog: try await backlog(),
      episodes: overview.map(Self.episode))
  }

  /// One line for the service manager.
  package func line() async throws -> String {
    let counts = try await store.counts().states
    let working = EpisodeState.working.compactMap { counts[$0] }.reduce(0, +)
    let waiting = (counts[.needsSubtitles] ?? 0) + (counts[.needsProvider] ?? 0)
    var parts = ["\(working) in work", "\(counts[.done] ?? 0) done"]
    if waiting > 0 { parts.append("\(waiting) waiting") }
    if let failed = counts[.failed] { parts.append("\(failed) failed") }
    let troubled = settings.libraries.count { bridge?.health(of: $0.name).isTroubled == true }
    if troubled > 0 {
      parts.append("\(troubled) of \(settings.libraries.count) libraries in trouble")
    }
    let now = board.current.first.map { "; \($0.text)" } ?? ""
    return "Episodes: " + parts.joined(separator: ", ") + now
  }

  static func episode(_ overview: EpisodeOverview) -> EpisodeReport {
    let record = overview.record
    return EpisodeReport(
      id: record.id, name: record.knownPath?.stem ?? "?", path: record.knownPath?.string ?? "?",
      library: record.library, origin: record.origin.rawValue,
      state: record.isGone ? "gone" : record.state.rawValue, reason: record.reason,
      attempts: record.attempts, nextAttemptAt: record.nextAttemptAt,
      batches: .init(
        done: overview.batchesDone, failed: overview.batchesFailed, total: overview.batchesTotal),
      clips: overview.clipsPublished, clipsFailed: overview.clipsFailed,
      folder: record.folder?.string)
  }

  private func library(_ library: LibrarySettings) -> StatusReport.LibraryReport {
    let health = bridge?.health(of: library.name) ?? LibraryBridge.Health()
    return .init(
      name: library.name, root: library.root.string, isWatched: health.isWatched,
      folders: health.folders,
      troubles: health.troubles.values.map { "\($0.message): \($0.mend)" }.sorted())
  }

  /// The offline lexicon asks nobody: no request, no money, no day's budget.
  private func backlog() async throws -> StatusReport.BacklogReport {
    let (episodes, bytes) = try await store.leftAlone()
    let clipTime = Double(settings.selection.clips) * Self.usualClip.seconds
    let share = min(1, clipTime / Self.usualEpisode.seconds)
    return .init(
      episodes: episodes, sourceBytes: bytes, requests: 0, costUsd: 0, days: 0,
      clipBytes: Int64(Double(bytes) * share))
  }
}
