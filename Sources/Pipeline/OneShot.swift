import Control
import Logging
import ServiceLifecycle
import Settings
import SystemPackage

/// `process` without a daemon: the same workshop and the same conveyor, for as long as it takes.
package struct OneShot: Sendable {
  private let workshop: Workshop

  package init(workshop: Workshop) { self.workshop = workshop }

  /// Processes files and returns when each is at rest. Cancelling the task cuts the running step short; it is done
  /// again next time.
  package func process(
    _ paths: [FilePath], progress: @escaping @Sendable (ProgressReport) async throws -> Void
  ) async throws -> [EpisodeReport] {
    let doorbell = Doorbell()
    let conveyor = workshop.conveyor(doorbell: doorbell)
    return try await withThrowingTaskGroup(of: [EpisodeReport]?.self) { group in
      group.addTask {
        await conveyor.run(only: paths)
        return nil
      }
      group.addTask {
        try await Requests(workshop: workshop, doorbell: doorbell).process(
          paths, progress: progress)
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result.map(Self.withoutDaemon) }
      }
      throw CancellationError()
    }
  }

  /// What reasons promise of a daemon that goes on, said for a command that has ended.
  private static func withoutDaemon(_ report: EpisodeReport) -> EpisodeReport {
    var report = report
    report.reason = report.reason?
      .replacing("it goes on by itself", with: "then run this again, or start the daemon")
      .replacing(
        ExtractionPool.mend,
        with: "after a change of key or settings run this again; langflix llm check tries it")
    return report
  }
}
