import Foundation
import Logging
import ServiceLifecycle
import Store

/// Brings decks up to date at the start that a kill left behind; then copies the store every night, and removes history
/// that nobody asks for any more, until a graceful shutdown.
struct UpkeepService: Service {
  let store: EpisodeStore
  let decks: SeasonDecks
  let logger: Logger
  private let queue = BlockingQueue(label: "langflix.upkeep")

  init(store: EpisodeStore, decks: SeasonDecks, logger: Logger) {
    self.store = store
    self.decks = decks
    self.logger = logger
  }

  /// In local time.
  private static let hour = 3
  /// A machine that sleeps at night, or a clock that is set, must not miss more than this.
  private static let pace = Duration.seconds(900)

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        if let folders = try? await store.folders() {
          await decks.catchUp(with: folders, logger: logger)
        }
        while true {
          let last = try await queue.run { lastBackup() }
          if Self.isDue(last: last, now: .now, calendar: .current) { await keepUp() }
          try await Task.sleep(for: Self.pace)
        }
      }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
  }

  /// Whether a night's hour has passed since the last copy; where there is none, since a day ago.
  static func isDue(last: Date?, now: Date, calendar: Calendar) -> Bool {
    let last = last ?? now.addingTimeInterval(-86_400)
    let next = calendar.nextDate(
      after: last, matching: DateComponents(hour: hour, minute: 0, second: 0),
      matchingPolicy: .nextTime)
    return next.map { $0 <= now } ?? true
  }

  private func lastBackup() -> Date? {
    EpisodeStore.backups(in: store.folder).first { $0.kind == .nightly }
      .map { Date(timeIntervalSince1970: $0.madeAt) }
  }

  private func keepUp() async {
    do {
      let rows = try await store.pruneHistory(now: EpisodeSteps.now)
      let backup = try await queue.run { try store.backUp(.nightly) }
      logger.info(
        "store copied",
        metadata: [
          "file": "\(backup.file)", "bytes": "\(backup.sizeBytes)", "old_rows": "\(rows)",
        ])
    } catch {
      logger.error(
        "the store was not copied; tried again in 15 minutes", metadata: ["reason": "\(error)"])
    }
  }
}
