import Foundation
import Glibc
import Logging
import Subprocess
import Subtitles
import Synchronization
import SystemPackage

/// Opens media in a worker process of its own, with limits, one process for each call.
///
/// A crash, a hang or a hunger for memory inside libav fails that one call. Cancelling the calling
/// task kills the worker; so does this program's own end.
package struct MediaWorkerClient: Sendable {
  let program: FilePath
  let limits: WorkerLimits
  let logger: Logger

  /// A worker that dies while it is written to must not take this process along.
  private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  /// From the first client on, this process ignores SIGPIPE.
  /// - Parameter program: the langflix program, which is run with its hidden subcommand.
  package init(program: FilePath, limits: WorkerLimits, logger: Logger) {
    Self.ignoresBrokenPipes
    self.program = program
    self.limits = limits
    self.logger = logger
  }

  /// Finds out what a file is. Fails when it is no complete video that can be read.
  package func probe(_ file: FilePath) async throws(MediaFailure) -> Probe {
    let reply = try await perform(.probe(PathBytes(wrappedValue: file))) { _ in }
    guard case .probe(let probe) = reply else { throw Self.unexpected(reply) }
    return probe
  }

  /// Reads a subtitle stream, on the episode clock.
  /// - Parameter stream: its index in the probe.
  package func subtitleTrack(
    of file: FilePath, stream: Int
  ) async throws(MediaFailure) -> SubtitleTrack {
    let job = WorkerJob.subtitleTrack(PathBytes(wrappedValue: file), stream: stream)
    let reply = try await perform(job) { _ in }
    guard case .subtitleTrack(let track) = reply else { throw Self.unexpected(reply) }
    return track
  }

  /// Cuts clips into existing folders, and tells of each as soon as it is there.
  ///
  /// A clip that can't be made is in the result with its failure; an error is thrown when no clip
  /// of the order can be. After a time-out, a crash or a cancellation the folder may hold an
  /// unfinished file of a clip that was not told of.
  /// - Parameters:
  ///   - onIndex: given the source's keyframes where they had to be searched for, to be kept for the next order.
  ///   - onEncoding: told of a clip that must be encoded, and how many seconds of it are done.
  /// - Returns: one result for each clip of the order, in its order.
  package func cut(
    _ order: CutOrder, onIndex: @escaping @Sendable (KeyframeIndex) async -> Void = { _ in },
    onEncoding: @escaping @Sendable (String, Double) async -> Void = { _, _ in },
    onClip: @escaping @Sendable (CutClip) async -> Void
  ) async throws(MediaFailure) -> [CutClip] {
    let clips = ClipList()
    let reply = try await perform(.cut(order.trimmed)) { news in
      switch news {
      case .clip(let clip):
        await clips.append(clip)
        await onClip(clip)
      case .index(let index): await onIndex(index)
      case .encoding(let clip, let seconds): await onEncoding(clip, seconds)
      default: break
      }
    }
    guard case .cutDone = reply else { throw Self.unexpected(reply) }
    return await clips.all
  }

  /// Joins clips into one file in an existing folder.
  package func reel(_ order: ReelOrder) async throws(MediaFailure) -> Reel {
    let reply = try await perform(.reel(order)) { _ in }
    guard case .reel(let reel) = reply else { throw Self.unexpected(reply) }
    return reel
  }

  /// Makes a picture of each clip. One that can't be made is in the result with the reason.
  package func posters(_ order: PosterOrder) async throws(MediaFailure) -> MadePosters {
    let reply = try await perform(.posters(order)) { _ in }
    guard case .posters(let made) = reply else { throw Self.unexpected(reply) }
    return made
  }

  private static func unexpected(_ reply: WorkerReply) -> MediaFailure {
    MediaFailure(.internalError, "the media worker gave an answer to another question")
  }

  private enum Event: Sendable {
    case ended(Result<WorkerReply, MediaFailure>)
    case timeOver
    case cancelled
  }

  private func perform(
    _ job: WorkerJob, onNews: @escaping @Sendable (WorkerReply) async -> Void
  ) async throws(MediaFailure) -> WorkerReply {
    let run = WorkerRun(program: program, limits: limits, job: job, logger: logger)
    let news = NewsCounter()
    let event = await withTaskGroup(of: Event.self) { group in
      group.addTask {
        do throws(MediaFailure) {
          return .ended(
            .success(
              try await run.reply { reply in
                news.arrived()
                await onNews(reply)
              }))
        } catch {
          return .ended(.failure(error))
        }
      }
      group.addTask { [limits] in
        // A nap counts for its own length, however late it ends: while this program gets no time to run, it
        // hears no news, and that is no standstill of the worker's.
        var silence = Duration.zero
        var heard = news.count
        while silence < limits.wallClock {
          let nap = min(.seconds(1), limits.wallClock - silence)
          do { try await Task.sleep(for: nap) } catch { return .cancelled }
          silence = news.count == heard ? silence + nap : .zero
          heard = news.count
        }
        return .timeOver
      }
      var first: Event?
      for await event in group where first == nil {
        first = event
        group.cancelAll()
      }
      return first ?? .cancelled
    }
    if Task.isCancelled {
      throw MediaFailure(.cancelled, "cancelled while it worked on '\(job.fileName)'")
    }
    switch event {
    case .ended(let result): return try result.get()
    case .timeOver:
      throw MediaFailure(
        .timedOut,
        """
        '\(job.fileName)' took longer than \(limits.wallClock.formatted) without a sign of progress; raise the \
        media worker's time limit if the disk is slow
        """)
    case .cancelled:
      throw MediaFailure(.cancelled, "cancelled while it worked on '\(job.fileName)'")
    }
  }
}

extension Duration {
  fileprivate var formatted: String {
    let (seconds, attoseconds) = components
    return seconds > 0 ? "\(seconds) s" : "\(attoseconds / 1_000_000_000_000_000) ms"
  }
}

/// How often a worker told something.
private final class NewsCounter: Sendable {
  private let told = Atomic(0)

  var count: Int { told.load(ordering: .relaxed) }
  func arrived() { told.wrappingAdd(1, ordering: .relaxed) }
}

/// Gathers a worker's clips in the order in which they come.
private actor ClipList {
  private(set) var all: [CutClip] = []
  func append(_ clip: CutClip) { all.append(clip) }
}
