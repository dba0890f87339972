import ServiceLifecycle
import Synchronization

/// Keeps the overview up to date for all who watch it, written once, at most at its pace, and only while somebody does.
///
/// A watcher is woken and takes the newest snapshot: a slow one misses some in between, never the last, and nothing
/// piles up for it.
final class LiveFeed: Service {
  private struct State {
    var snapshot = LiveSnapshot()
    var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextWatcher = 0
    var isOver = false
  }

  private let source: any DashboardSource
  private let pace: Duration
  private let most: Int
  private let parts = OverviewParts()
  private let state = Mutex(State())
  private let wake: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation

  /// Providers open and close, and times pass, without a change that is told.
  private static let refresh = Duration.seconds(5)

  init(source: any DashboardSource, pace: Duration, most: Int) {
    self.source = source
    self.pace = pace
    self.most = most
    (wake, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        group.addTask { await self.follow() }
        group.addTask {
          for await _ in self.source.changes() { self.wakeUp.yield() }
        }
        group.addTask {
          while (try? await Task.sleep(for: Self.refresh)) != nil { self.wakeUp.yield() }
        }
        await group.waitForAll()
      }
    }
    let watchers = state.withLock { state in
      state.isOver = true
      defer { state.watchers = [:] }
      return Array(state.watchers.values)
    }
    for watcher in watchers { watcher.finish() }
  }

  var count: Int { state.withLock { $0.watchers.count } }
  var snapshot: LiveSnapshot { state.withLock { $0.snapshot } }

  /// An element whenever there is a newer snapshot; nil when too many watch already.
  func watch() -> AsyncStream<Void>? {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id: Int? = state.withLock { state in
      guard state.watchers.count < most, !state.isOver else { return nil }
      state.nextWatcher += 1
      state.watchers[state.nextWatcher] = continuation
      return state.nextWatcher
    }
    guard let id else { return nil }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.watchers[id] = nil }
    }
    // What there is already is shown at once; what changed while nobody watched comes with the wake-up.
    continuation.yield()
    wakeUp.yield()
    return stream
  }

  private func follow() async {
    for await _ in wake {
      if count > 0, let overview = try? await source.overview() { publish(overview) }
      guard (try? await Task.sleep(for: pace)) != nil else { return }
    }
  }

  private func publish(_ overview: Overview) {
    guard let json = try? JSONResponse.bytes(overview) else { return }
    let sections = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, parts.render(overview, $0)) })
    let watchers = state.withLock { state in
      let before = state.snapshot.version
      state.snapshot.update(sections: sections, json: String(decoding: json, as: UTF8.self))
      return state.snapshot.version > before ? Array(state.watchers.values) : []
    }
    for watcher in watchers { watcher.yield() }
  }
}
