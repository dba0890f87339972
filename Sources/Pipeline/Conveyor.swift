import Expressions
import Foundation
import Logging
import ServiceLifecycle
import Settings
import Store
import Synchronization
import SystemPackage

/// Takes the next step of the next episode for as long as the daemon runs: one step at a time that uses this machine,
/// and beside it the extraction of several episodes, which mostly waits for a provider. What is final of an episode that
/// is with the extractor is cut and published meanwhile.
///
/// On a graceful shutdown it takes no new step; those in hand may finish within the limit, and are cut short after
/// it. A step that was cut short is done again at the next start.
final class Conveyor: Service {
  private let base: EpisodeSteps
  /// Under the configuration that is in force now.
  var steps: EpisodeSteps { base.current }
  private let doorbell: Doorbell
  private let policy: RetryPolicy
  private let shutdownLimit: Duration
  private let isStopping = Mutex(false)
  private let inWork: SharedWork

  /// Which lane a step is in.
  private enum Lane {
    case local, extraction
    /// In the local lane, beside the extraction of the same episode.
    case early
    /// In the local lane: what depends on a set of clips that a person has changed.
    case refresh
    /// In the local lane, beside the extraction of the same episode: whether its subtitles are others by now.
    case look
    /// In the local lane, beside the extraction of the same episode: its clips follow its file.
    case place
  }

  /// A box for the steps to look into.
  private final class SharedWork: Sendable {
    private let work = Mutex(InWork())

    func withLock<Value>(_ body: (inout InWork) -> sending Value) -> sending Value {
      work.withLock { body(&$0) }
    }
  }

  private struct InWork {
    /// The episode of a step that uses this machine.
    var local: Int64?
    /// Episodes with the extractor, and the rank of each one's origin.
    var extracting: [Int64: Int] = [:]

    var all: Set<Int64> { Set(extracting.keys).union(local.map { [$0] } ?? []) }
  }

  init(steps: EpisodeSteps, doorbell: Doorbell, policy: RetryPolicy, shutdownLimit: Duration) {
    var steps = steps
    steps.onDecision = { doorbell.ring() }
    let inWork = SharedWork()
    self.inWork = inWork
    steps.isExtracting = { id in inWork.withLock { $0.extracting[id] != nil } }
    base = steps
    self.doorbell = doorbell
    self.policy = policy
    self.shutdownLimit = shutdownLimit
  }

  func run() async { await run(only: nil) }

  /// - Parameter paths: takes only what was asked for at these places; nil for everything.
  func run(only paths: [FilePath]?) async {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        while !isStopping.withLock({ $0 }), !Task.isCancelled {
          await turn(only: paths, &group)
        }
      }
    } onGracefulShutdown: {
      self.isStopping.withLock { $0 = true }
      self.doorbell.ring()
      // Unstructured, for this handler can't await; it only ends the pool's waiting line.
      Task { [steps = self.base] in await steps.current.pool.drain() }
    }
  }

  /// Begins every step that may be begun, then waits until one ends or something new comes.
  private func turn(only paths: [FilePath]?, _ group: inout DiscardingTaskGroup) async {
    let now = EpisodeSteps.now
    guard await isMoving(now) else {
      return await doorbell.wait(atMost: .seconds(Self.diskPace))
    }
    do {
      try await releaseLibraries()
      while let (episode, lane) = try await next(now, paths) {
        group.addTask {
          await self.withinStopLimit {
            switch lane {
            case .early: await self.publishEarly(of: episode)
            case .refresh: await self.refresh(episode)
            case .look: await self.lookAtSubtitles(of: episode)
            case .place: await self.place(episode)
            case .local, .extraction: await self.takeStep(of: episode)
            }
          }
          self.leave(episode, lane)
          self.doorbell.ring()
        }
        if isStopping.withLock({ $0 }) { return }
      }
      let next = try await steps.store.nextAttempt(
        after: now, lateAfter: steps.settings.extraction.lateAfter.seconds)
      let diskPace = steps.gate.full.isEmpty ? nil : now + Self.diskPace
      let wake = [next, diskPace].compactMap(\.self).min()
      await doorbell.wait(atMost: wake.map { .seconds(max(0.05, $0 - now)) })
    } catch {
      await pause(error)
    }
  }

  /// The next episode with a step that may be taken now beside those in work; it counts as in work from here on.
  private func next(
    _ now: Double, _ paths: [FilePath]?
  ) async throws -> (EpisodeRecord, Lane)? {
    let work = inWork.withLock { $0 }
    let origins = steps.gate.origins
    guard !origins.isEmpty, steps.gate.standstill == nil else { return nil }
    if work.local == nil {
      let lateSince = now - steps.settings.extraction.lateAfter.seconds
      let early = try await steps.store.nextEarly(now: now, lateSince: lateSince, at: paths)
      let states = EpisodeState.working.filter { $0 != .extracting }
      let other = try await steps.store.nextEpisode(
        now: now, at: paths, states: states, origins: origins, excluding: work.all)
      let isAwaited = early?.origin == .request || other?.origin == .request
      if let moved = try await steps.store.nextToPlace(now: now, at: paths),
        !isAwaited || moved.origin == .request
      {
        inWork.withLock { $0.local = moved.id }
        return (moved, .place)
      }
      if let changed = try await steps.store.nextToLookAt(now: now, at: paths),
        !isAwaited || changed.origin == .request
      {
        inWork.withLock { $0.local = changed.id }
        return (changed, .look)
      }
      if paths == nil, !isAwaited,
        let changed = try await steps.store.nextRefresh(now: now)
      {
        inWork.withLock { $0.local = changed.id }
        return (changed, .refresh)
      }
      // First clips go before other work of their kind, not before what a person asks for.
      let isEarly = early.map { $0.origin.rank <= other?.origin.rank ?? .max } ?? false
      if let episode = isEarly ? early : other {
        inWork.withLock { $0.local = episode.id }
        return (episode, isEarly ? .early : .local)
      }
    }
    guard work.extracting.count < 2 * Self.extractionWidth else { return nil }
    let episode = try await steps.store.nextEpisode(
      now: now, at: paths, states: [.extracting], origins: origins, excluding: work.all)
    // Backlog that is with the extractor holds up no news: the pool knows who goes first.
    guard let episode,
      work.extracting.values.count(where: { $0 <= episode.origin.rank })
        < min(Self.extractionWidth, steps.pool.width)
    else { return nil }
    inWork.withLock { $0.extracting[episode.id] = episode.origin.rank }
    return (episode, .extraction)
  }

  /// So many episodes of one rank at most have their cues and batches in memory at once.
  private static let extractionWidth = 16

  private func leave(_ episode: EpisodeRecord, _ lane: Lane) {
    inWork.withLock { work in
      switch lane {
      case .local, .early, .refresh, .look, .place: work.local = nil
      case .extraction: work.extracting[episode.id] = nil
      }
    }
  }

  /// Without its memory the daemon can do nothing; it stands still until the disk is back.
  func pause(_ error: any Error) async {
    guard !Task.isCancelled else { return }
    standStill(error)
  }

  private func withinStopLimit(_ step: @escaping @Sendable () async -> Void) async {
    await withTaskGroup { group in
      group.addTask { await step() }
      group.addTask { [shutdownLimit] in
        // Throws only when the step ended first and this was cancelled.
        guard (try? await gracefulShutdown()) != nil else { return }
        try? await Task.sleep(for: shutdownLimit)
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// Publishes what is final of an episode that is with the extractor. What fails is tried again a while later, at the
  /// latest when the extraction has ended; no attempt is used up.
  private func publishEarly(of episode: EpisodeRecord) async {
    let steps = steps.logging(to: logger(for: episode))
    do {
      try await steps.publishEarly(episode)
      steps.board.nudge()
    } catch {
      guard !Task.isCancelled else { return }
      let failure = StepFailure(error)
      steps.logger.warning(
        "first clips not published yet, tried again later",
        metadata: ["reason": "\(failure.reason)"])
      do {
        if failure.isDiskFull {
          try await postponeLibrary(
            of: episode, failure, until: EpisodeSteps.now + Self.earlyWait.seconds)
        }
        try await steps.store.postponeEarly(
          episode.id, until: EpisodeSteps.now + Self.earlyWait.seconds)
        steps.board.nudge()
      } catch {
        await pause(error)
      }
    }
  }

  /// Makes the reel and the manifest of a changed set; where that fails, again later.
  private func refresh(_ episode: EpisodeRecord) async {
    let logger = logger(for: episode)
    let again = EpisodeSteps.now + Self.earlyWait.seconds
    do {
      try await steps.store.postponeRefresh(episode.id, until: again)
      do {
        try await steps.logging(to: logger).refresh(episode)
        try await steps.store.completeRefresh(episode.id, postponedUntil: again)
      } catch {
        guard !Task.isCancelled else { return }
        logger.warning(
          "reel not made anew yet, tried again later",
          metadata: ["reason": "\(StepFailure(error).reason)"])
      }
    } catch {
      await pause(error)
    }
  }

  /// Looks at an episode's subtitles once more; where that fails, again later.
  private func lookAtSubtitles(of episode: EpisodeRecord) async {
    let logger = logger(for: episode)
    let again = EpisodeSteps.now + Self.earlyWait.seconds
    // Somebody may wait for it to be at rest.
    defer { steps.board.nudge() }
    do {
      try await steps.store.postponeLook(at: episode.id, until: again)
      do {
        try await steps.logging(to: logger).lookAtSubtitles(episode)
        try await steps.store.completeLook(at: episode.id, postponedUntil: again)
      } catch {
        guard !Task.isCancelled else { return }
        let failure = StepFailure(error)
        if case .wait(let wait) = failure.consequence {
          return try await steps.store.postponeLook(
            at: episode.id, until: EpisodeSteps.now + wait.seconds)
        }
        logger.warning(
          "subtitles not looked at yet, tried again later",
          metadata: ["reason": "\(failure.reason)"])
      }
    } catch {
      await pause(error)
    }
  }

  private static let earlyWait = Duration.seconds(300)

  func logger(for episode: EpisodeRecord) -> Logger {
    var logger = steps.logger
    logger[metadataKey: "episode"] = "\(episode.knownPath?.lastComponent?.string ?? "?")"
    logger[metadataKey: "state"] = "\(episode.state.rawValue)"
    if let series = episode.knownPath.flatMap({ EpisodeHint(path: $0).series }) {
      logger[metadataKey: "series"] = "\(series)"
    }
    return logger
  }

  /// Performs one step and records its failure, if any. Never throws: one bad file stops nothing.
  func takeStep(of episode: EpisodeRecord) async {
    let logger = logger(for: episode)
    let steps = steps.logging(to: logger)
    do {
      try await steps.perform(episode)
      steps.alarms.moved()
    } catch is CancellationError {
      // Other providers have taken the place of those that it asked.
      guard isStopping.withLock({ $0 }) || Task.isCancelled else {
        logger.info("step goes on under the new configuration")
        return
      }
      logger.notice("step cut short by the stop; it is done again at the next start")
      return
    } catch is WorkPaused {
      logger.notice("step ended by a pause; it goes on when work is resumed")
      steps.board.clear(episode.id)
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
        retryAt = policy.wait(afterAttempt: episode.attempts + 1, random: .random(in: 0...1))
          .map { now + $0.seconds }
      case .retryOnce:
        retryAt =
          episode.attempts == 0
          ? policy.wait(afterAttempt: 1, random: .random(in: 0...1)).map { now + $0.seconds } : nil
        if retryAt == nil {
          failure.reason +=
            "; set aside after two crashes: replace the file, or try it again with langflix retry --episode \(episode.id)"
        }
      case .permanent, .vanished: retryAt = nil
      }
      var counts = true
      if case .wait = failure.consequence { counts = false }
      try await steps.store.recordFailure(
        of: episode.id, reason: failure.reason, retryAt: retryAt, counts: counts, now: now)
      if failure.isDiskFull, let retryAt {
        try await postponeLibrary(of: episode, failure, until: retryAt)
      }
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
