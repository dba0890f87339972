import Control
import Dashboard
import Expressions
import Library
import Settings
import Store
import SystemPackage

/// Makes the status of rows: what is queued, running, done and failed.
package struct StatusReporter: Sendable {
  let store: EpisodeStore
  let board: ProgressBoard
  let bridge: LibraryBridge?
  private let live: LiveParts
  private let dashboard: DashboardPresence?
  private let gate: WorkGate

  /// So many of the latest episodes are listed; the counts cover all.
  private static let listed = 500

  init(workshop: Workshop, bridge: LibraryBridge?, dashboard: DashboardPresence? = nil) {
    live = workshop.live
    store = workshop.store
    board = workshop.board
    self.bridge = bridge
    self.dashboard = dashboard
    gate = workshop.steps.gate
  }

  // A reload may put others in their place at any time.
  var settings: LangflixSettings { live.settings }
  var pool: ExtractionPool { live.pool }

  package init(workshop: Workshop) { self.init(workshop: workshop, bridge: nil) }

  package func report() async throws -> StatusReport {
    let (states, gone) = try await store.counts()
    var named = Dictionary(uniqueKeysWithValues: states.map { ($0.key.rawValue, $0.value) })
    if gone > 0 { named["gone"] = gone }
    let overview = try await store.overview(limit: Self.listed)
    return StatusReport(
      version: ProgramVersion.current, isRunning: bridge != nil,
      provider: pool.lanes.map(\.name).joined(separator: ", "),
      providers: try await providers(),
      counts: named,
      libraries: settings.libraries.map(library), backlog: try await backlog(),
      episodes: overview.map(Self.episode), dashboard: dashboard?.url, pause: gate.report)
  }

  /// Why nothing, or no backlog, is begun, as the first words of a line of status.
  var standing: String {
    guard let pause = gate.report else { return "" }
    if let reason = pause.reason { return "Standing still: \(reason). " }
    return pause.allSince == nil ? "Backlog paused. " : "Paused. "
  }

  static func episode(_ overview: EpisodeOverview) -> EpisodeReport {
    let record = overview.record
    var report = EpisodeReport(
      id: record.id, name: record.knownPath?.stem ?? "?", path: record.knownPath?.string ?? "?",
      library: record.library, origin: record.origin.rawValue,
      state: record.isGone ? "gone" : record.state.rawValue, reason: record.reason,
      attempts: record.attempts, nextAttemptAt: record.nextAttemptAt,
      batches: .init(
        done: overview.batchesDone, failed: overview.batchesFailed, total: overview.batchesTotal),
      clips: overview.clipsPublished, clipsFailed: overview.clipsFailed,
      folder: record.folder?.string)
    report.otherPaths = overview.otherPaths.map(\.string)
    return report
  }

  private func library(_ library: LibrarySettings) -> StatusReport.LibraryReport {
    let health = bridge?.health(of: library.name) ?? LibraryBridge.Health()
    return .init(
      name: library.name, root: library.root.string, isWatched: health.isWatched,
      folders: health.folders,
      troubles: health.troubles.values.map { "\($0.message): \($0.mend)" }.sorted()
        + [gate.full[library.name]?.reason].compactMap(\.self),
      notes: health.notes.keys.sorted())
  }

  private func backlog() async throws -> StatusReport.BacklogReport {
    let (episodes, bytes) = try await store.leftAlone()
    return EpisodeForecast.backlog(
      of: episodes, bytes: bytes, askedOf: pool.lanes[0], settings: settings)
  }

  private func providers() async throws -> [ProviderReport] {
    try await ProviderStanding.all(of: pool, store).map { standing in
      ProviderReport(
        name: standing.lane.name, identity: standing.identity,
        inFlight: standing.snapshot.inFlight, waiting: standing.snapshot.waiting,
        limit: standing.snapshot.limit, closed: standing.closed,
        requestsToday: standing.today.requests, usdToday: standing.today.usd,
        isCounted: standing.lane.isCounted)
    }
  }
}
