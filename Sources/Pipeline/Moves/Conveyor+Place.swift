import Logging
import Store

extension Conveyor {
  /// Brings an episode's clips to where its file is; where that fails, again later.
  func place(_ episode: EpisodeRecord) async {
    let logger = logger(for: episode)
    let again = EpisodeSteps.now + Self.placingWait.seconds
    // Somebody may wait for it to be at rest.
    defer { steps.board.nudge() }
    do {
      try await steps.store.postponePlacing(episode.id, until: again)
      do {
        try await steps.logging(to: logger).place(episode)
        try await steps.store.completePlacing(episode.id, postponedUntil: again)
      } catch {
        guard !Task.isCancelled else { return }
        let failure = StepFailure(error)
        if case .wait(let wait) = failure.consequence {
          logger.debug("clips not placed yet", metadata: ["reason": "\(failure.reason)"])
          return try await steps.store.postponePlacing(
            episode.id, until: EpisodeSteps.now + wait.seconds)
        }
        logger.warning(
          "clips do not follow their episode yet, tried again later",
          metadata: ["reason": "\(failure.reason)"])
      }
    } catch {
      await pause(error)
    }
  }

  private static let placingWait = Duration.seconds(300)
}
