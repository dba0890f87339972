import Control
import Dashboard
import Expressions
import Foundation
import Library
import Settings
import Store
import SystemPackage

extension DashboardDesk {
  func overview() async throws -> Overview {
    let (states, gone) = try await store.counts()
    var counts = Dictionary(uniqueKeysWithValues: states.map { ($0.key.rawValue, $0.value) })
    if gone > 0 { counts["gone"] = gone }
    let queue = try await store.episodes(
      EpisodeListing(
        states: EpisodeState.working + [.settling], isGone: false, order: .queue,
        limit: Self.queueLimit))
    let finished = try await store.episodes(
      EpisodeListing(states: [.done, .failed], isGone: false, limit: Self.finishedLimit))
    let (backlog, bytes) = try await store.leftAlone()
    return Overview(
      version: ProgramVersion.current, counts: counts, queue: entries(queue.episodes),
      queued: queue.total, finished: entries(finished.episodes),
      providers: try await providers(), libraries: try await libraries(),
      backlog: BacklogEntry(episodes: backlog, sourceBytes: bytes),
      pause: PauseEntry(workshop.steps.gate.report ?? PauseReport()))
  }

  func libraries() async throws -> [LibraryEntry] {
    let totals = try await store.libraryTotals()
    return workshop.settings.libraries.map { library in
      let health = bridge.health(of: library.name)
      return LibraryEntry(
        name: library.name, root: library.root.string, isWatched: health.isWatched,
        folders: health.folders, lastScanSeconds: health.lastScan?.seconds,
        episodes: totals[library.name]?.episodes ?? 0, clips: totals[library.name]?.clips ?? 0,
        troubles: health.troubles.values.map { "\($0.message): \($0.mend)" }.sorted())
    }
  }

  func providers() async throws -> [ProviderEntry] {
    let month = ProviderDay(timeZone: .gmt).current(at: EpisodeSteps.now - 29 * 86_400).name
    let totals = try await store.spendingTotal(since: month)
    return try await ProviderStanding.all(of: workshop.steps.pool, store).map { standing in
      let (lane, snapshot, today) = (standing.lane, standing.snapshot, standing.today)
      let total = totals.first { $0.provider == lane.name }
      return ProviderEntry(
        name: lane.name, identity: standing.identity, inFlight: snapshot.inFlight,
        waiting: snapshot.waiting, limit: snapshot.limit, closed: standing.closed,
        requestsToday: today.requests,
        requestsPerDay: today.requestLimit ?? lane.limits.requestsPerDay, usdToday: today.usd,
        usdPerDay: lane.limits.usdPerDay, inputTokensToday: today.usage.input,
        outputTokensToday: today.usage.output, requestsThisMonth: total?.requests ?? 0,
        usdThisMonth: total?.usd ?? 0, isCounted: lane.isCounted)
    }
  }
}
