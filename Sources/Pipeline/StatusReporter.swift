import Control
import Dashboard
import Expressions
import Library
import Settings
import Store
import Subtitles
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
  /// For estimates, where nothing was probed yet: an episode's usual length and a clip's.
  private static let usualEpisode = Duration.seconds(2_700)
  private static let usualClip = Duration.seconds(15)

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

  /// What the first provider would be asked for episodes of which nothing is known but their number.
  private func backlog() async throws -> StatusReport.BacklogReport {
    let (episodes, bytes) = try await store.leftAlone()
    let lane = pool.lanes[0]
    let clips =
      lane.name == "lexicon" ? settings.extraction.lexicon.clips : settings.selection.clips
    let clipTime = Double(clips) * Self.usualClip.seconds
    // The reel is all clips once more.
    let copies = settings.clip.reel == .on ? 2.0 : 1.0
    let share = copies * min(1, clipTime / Self.usualEpisode.seconds)
    let (requests, cost) = lane.day == nil ? (0, 0) : Self.usual(of: episodes, lane)
    return .init(
      episodes: episodes, sourceBytes: bytes, requests: requests, costUsd: cost,
      days: Requests.days(requests, cost, lane.limits), clipBytes: Int64(Double(bytes) * share))
  }

  private static func usual(of episodes: Int, _ lane: PoolLane) -> (requests: Int, costUSD: Double)
  {
    let cues = (1...usualCues).map { number in
      Cue(number: number, start: .zero, end: .zero, text: "What would you have done in my place?")
    }
    let batches = lane.plan.batches(of: Transcript(language: "en", cues: cues))
    let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: "en")
    let cost = batches.map {
      lane.limits.price.cost(of: lane.extractor.estimate(of: $0, for: request))
    }
    return (episodes * batches.count, Double(episodes) * cost.reduce(0, +))
  }

  /// Cues of a usual episode of 45 minutes.
  private static let usualCues = 600

  private func providers() async throws -> [ProviderReport] {
    var reports: [ProviderReport] = []
    for (lane, snapshot) in zip(pool.lanes, await pool.snapshot()) {
      let day = lane.day?.current(at: EpisodeSteps.now).name
      var spent: DaySpending?
      if let day { spent = try await store.spending(of: lane.name, day: day) }
      let identity = lane.extractor.identity
      reports.append(
        ProviderReport(
          name: lane.name, identity: "\(identity.name) \(identity.version)",
          inFlight: snapshot.inFlight, waiting: snapshot.waiting, limit: snapshot.limit,
          closed: await pool.closure(of: snapshot), requestsToday: spent?.requests ?? 0,
          usdToday: spent?.usd ?? 0))
    }
    return reports
  }
}
