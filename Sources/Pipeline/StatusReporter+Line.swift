import Expressions
import Foundation
import Settings
import Store

extension StatusReporter {
  /// The line for the service manager.
  package func line() async throws -> String {
    let counts = try await store.counts().states
    let midnight = Calendar.current.startOfDay(for: .now).timeIntervalSince1970
    let progress = try await store.progress(since: midnight)
    let line = StatusLine(
      libraries: settings.libraries.count,
      troubled: settings.libraries.count { bridge?.health(of: $0.name).isTroubled == true },
      inWork: EpisodeState.working.compactMap { counts[$0] }.reduce(0, +),
      batchesDone: progress.batchesDone, batchesTotal: progress.batchesTotal,
      now: board.current.first?.text, clipsToday: progress.clips,
      waiting: (counts[.needsSubtitles] ?? 0) + (counts[.needsProvider] ?? 0),
      failed: counts[.failed] ?? 0, closures: await pool.shortClosures()
    )
    return standing + line.text
  }
}
