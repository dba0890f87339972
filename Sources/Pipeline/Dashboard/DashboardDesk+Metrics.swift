import Dashboard
import Expressions
import Foundation
import Settings
import Store

extension DashboardDesk {
  func metrics() async throws -> [Metric] {
    let now = EpisodeSteps.now
    let overviewed = try await store.counts()
    let totals = try await store.totals()
    return [
      Metric(
        "langflix_build_info", .gauge, "1, with the version.",
        [.init(.number(1), [.init("version", ProgramVersion.current)])])
    ] + episodeMetrics(overviewed, totals, now: now) + clipMetrics(totals)
      + (try await providerMetrics()) + (try await libraryMetrics()) + (await processMetrics())
  }

  private func episodeMetrics(
    _ counts: (states: [EpisodeState: Int], gone: Int), _ totals: StoreTotals, now: Double
  ) -> [Metric] {
    let states = EpisodeState.allCases.map { ($0.rawValue, counts.states[$0] ?? 0) }
    return [
      .by(
        "state", "langflix_episodes", .gauge, "Episodes by state.",
        states + [("gone", counts.gone)]),
      .by(
        "state", "langflix_batches", .gauge, "Batches of dialogue by state.",
        ["pending", "answered", "failed"].map { ($0, totals.batches[$0] ?? 0) }),
      Metric(
        "langflix_queue_oldest_age_seconds", .gauge,
        "How long ago the episode that has waited longest was found; 0 with an empty queue.",
        totals.oldestQueued.map { max(0, now - $0) } ?? 0),
      .by(
        "step", "langflix_failed_attempts", .gauge,
        "Failed attempts at steps of episodes that are known, by step.",
        totals.incidents.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
    ]
  }

  private func clipMetrics(_ totals: StoreTotals) -> [Metric] {
    [
      .by(
        "state", "langflix_clips", .gauge, "Clips by state.",
        ["pending", "published", "failed"].map { ($0, totals.clips[$0] ?? 0) }),
      Metric(
        "langflix_clip_bytes", .gauge, "Size of all published clips.", Double(totals.clipBytes)),
      Metric(
        "langflix_clip_duration_seconds", .gauge, "Length of all published clips.",
        totals.clipSeconds),
      Metric(
        "langflix_clip_lead_in_seconds", .gauge,
        "Of that, what is shown before the dialogue because of a keyframe.", totals.leadInSeconds),
      Metric(
        "langflix_expressions", .gauge, "Expressions of all clips.", Double(totals.expressions)),
      Metric("langflix_kept_answers", .gauge, "Answers that are kept.", Double(totals.answers)),
      .by(
        "reason", "langflix_dropped_candidates", .gauge,
        "Candidates that did not occur where they were said to, by reason.",
        totals.dropped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
    ]
  }

  private func libraryMetrics() async throws -> [Metric] {
    let libraries = try await libraries()
    func metric(_ name: String, _ help: String, _ value: (LibraryEntry) -> Double?) -> Metric {
      Metric(
        name, .gauge, help,
        libraries.compactMap { library in
          value(library).map { .init(.number($0), [.init("library", library.name)]) }
        })
    }
    let (left, bytes) = try await store.leftAlone()
    return [
      metric("langflix_library_watched", "1 while every folder is watched.") {
        $0.isWatched ? 1 : 0
      },
      metric("langflix_library_watches", "Folders that are watched.") { Double($0.folders) },
      metric("langflix_library_troubles", "What is wrong with it right now.") {
        Double($0.troubles.count)
      },
      metric("langflix_library_scan_duration_seconds", "How long the last scan took.") {
        $0.lastScanSeconds
      },
      Metric(
        "langflix_backlog_episodes", .gauge, "Episodes of the backlog that were left alone.",
        Double(left)),
      Metric("langflix_backlog_bytes", .gauge, "Their size.", Double(bytes)),
    ]
  }

  private func processMetrics() async -> [Metric] {
    let resident = try? await workshop.steps.disk.run { ResidentMemory.bytes() }
    guard let resident else { return [] }
    return [
      Metric(
        "process_resident_memory_bytes", .gauge, "Resident memory of the daemon.",
        Double(resident))
    ]
  }
}

extension Metric {
  /// One number for each value of a label.
  static func by(
    _ label: String, _ name: String, _ kind: Kind, _ help: String, _ numbers: [(String, Int)]
  ) -> Metric {
    Metric(name, kind, help, numbers.map { .init(.number(Double($1)), [.init(label, $0)]) })
  }
}
