import Expressions
import Foundation
import Logging
import ServiceLifecycle
import Settings
import Store
import Synchronization
import SystemPackage

/// Takes the next step of the next episode, one after another, for as long as the daemon runs.
///
/// On a graceful shutdown it takes no new step; the one in hand may finish within the limit, and is cut short after
/// it. A step that was cut short is done again at the next start.
final class Conveyor: Service {
  private let steps: EpisodeSteps
  private let doorbell: Doorbell
  private let policy: RetryPolicy
  private let shutdownLimit: Duration
  private let isStopping = Mutex(false)

  init(steps: EpisodeSteps, doorbell: Doorbell, policy: RetryPolicy, shutdownLimit: Duration) {
    self.steps = steps
    self.doorbell = doorbell
    self.policy = policy
    self.shutdownLimit = shutdownLimit
  }

  func run() async { await run(only: nil) }

  /// - Parameter paths: takes only what was asked for at these places; nil for everything.
  func run(only paths: [FilePath]?) async {
    await withGracefulShutdownHandler {
      while !isStopping.withLock({ $0 }), !Task.isCancelled {
        await turn(only: paths)
      }
    } onGracefulShutdown: {
      self.isStopping.withLock { $0 = true }
      self.doorbell.ring()
    }
  }

  /// One step, or a wait for one.
  private func turn(only paths: [FilePath]?) async {
    let now = EpisodeSteps.now
    do {
      if let episode = try await steps.store.nextEpisode(now: now, at: paths) {
        await takeStepWithinLimit(of: episode)
      } else {
        let next = try await steps.store.nextAttempt(after: now)
        await doorbell.wait(atMost: next.map { .seconds(max(0.05, $0 - now)) })
      }
    } catch {
      await pause(error)
    }
  }

  /// Without its memory the daemon can do nothing; a pause keeps it from spinning until the disk is back.
  private func pause(_ error: any Error) async {
    guard !Task.isCancelled else { return }
    steps.logger.critical(
      "the store can't be used; tried again in 5 s", metadata: ["reason": "\(error)"])
    await doorbell.wait(atMost: .seconds(5))
  }

  private func takeStepWithinLimit(of episode: EpisodeRecord) async {
    await withTaskGroup { group in
      group.addTask { await self.takeStep(of: episode) }
      group.addTask { [shutdownLimit] in
        // Throws only when the step ended first and this was cancelled.
        guard (try? await gracefulShutdown()) != nil else { return }
        try? await Task.sleep(for: shutdownLimit)
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// Performs one step and records its failure, if any. Never throws: one bad file stops nothing.
  func takeStep(of episode: EpisodeRecord) async {
    var logger = steps.logger
    logger[metadataKey: "episode"] = "\(episode.knownPath?.lastComponent?.string ?? "?")"
    logger[metadataKey: "state"] = "\(episode.state.rawValue)"
    let steps = EpisodeSteps(
      settings: steps.settings, store: steps.store, media: steps.media, pool: steps.pool,
      board: steps.board, disk: steps.disk, logger: logger)
    do {
      try await steps.perform(episode)
    } catch is CancellationError {
      logger.notice("step cut short by the stop; it is done again at the next start")
      return
    } catch  where Task.isCancelled {
      logger.notice("step cut short by the stop; it is done again at the next start")
      return
    } catch {
      await record(StepFailure(error), of: episode, logger)
    }
    await announceIfAtRest(episode.id)
  }

  private func record(_ failure: StepFailure, of episode: EpisodeRecord, _ logger: Logger) async {
    let now = EpisodeSteps.now
    let path = episode.path
    do {
      // A file that was deleted or moved meanwhile is not a bad file.
      let root = steps.settings.libraries.first { $0.name == episode.library }?.root
      let presence = try await steps.disk.run {
        path.map { FilePresence.of($0, inLibrary: root) } ?? .gone
      }
      var failure = failure
      if presence == .unknown {
        failure = StepFailure(
          .wait(.seconds(60)), "the file can't be reached; is its share mounted? \(failure.reason)")
      }
      if failure.consequence == .vanished || presence == .gone {
        if let path { try await steps.store.markVanished(path) }
        logger.info("the episode's file is gone")
        return
      }
      var retryAt: Double?
      switch failure.consequence {
      case .wait(let wait): retryAt = now + wait.seconds
      case .retry:
        retryAt = policy.wait(afterAttempt: episode.attempts + 1).map { now + $0.seconds }
      case .permanent, .vanished: retryAt = nil
      }
      var counts = true
      if case .wait = failure.consequence { counts = false }
      try await steps.store.recordFailure(
        of: episode.id, reason: failure.reason, retryAt: retryAt, counts: counts, now: now)
      logger.warning(
        retryAt == nil ? "episode failed" : "step failed, tried again later",
        metadata: ["reason": "\(failure.reason)"])
    } catch {
      await pause(error)
    }
  }

  private func announceIfAtRest(_ id: Int64) async {
    // A row that merged into a known episode is gone; its watchers were told by the step.
    guard let record = try? await steps.store.episode(id) else { return steps.board.clear(id) }
    if !record.state.isWorking || record.nextAttemptAt != nil || record.isGone {
      steps.board.clear(id)
    }
  }
}

extension Duration {
  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
