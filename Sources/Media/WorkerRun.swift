import Foundation
import Glibc
import Logging
import Subprocess
import SystemPackage

/// One run of the worker process, from its start to its end.
struct WorkerRun: Sendable {
  let program: FilePath
  let limits: WorkerLimits
  let job: WorkerJob
  let logger: Logger

  /// A worker that writes a longer line is not ours.
  private static let lineLimit = 64 << 20
  /// The encoder that the worker may start works on several threads.
  private static let processorsForEncoding: Int64 = 4

  /// The last line's content. The process has ended when this returns.
  /// - Parameter onNews: told of every line before the last one.
  func reply(
    onNews: @escaping @Sendable (WorkerReply) async -> Void
  ) async throws(MediaFailure) -> WorkerReply {
    do {
      let request = try JSONEncoder().encode(
        WorkerRequest(
          memory: limits.memory,
          processorTime: (limits.wallClock.components.seconds + 1) * Self.processorsForEncoding,
          job: job))
      let result = try await Subprocess.run(
        .path(program), arguments: [MediaWorker.subcommand, "\(getpid())"],
        environment: Self.environment, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        // Standard input stays open: the worker takes its end as the order to stop.
        async let tail = Self.tail(of: execution.standardError)
        // A worker that dies at once shows in how it ended, not in a broken pipe.
        _ = try? await execution.standardInputWriter.write([UInt8](request) + [UInt8(ascii: "\n")])
        let reply = try await Self.lastReply(in: execution.standardOutput, onNews: onNews)
        return (reply, await tail)
      }
      let (reply, tail) = result.closureResult
      if !tail.isEmpty { logger.debug("media worker's own words", metadata: ["text": "\(tail)"]) }
      if case .failure(let failure) = reply { throw failure }
      if let reply { return reply }
      throw failure(result.terminationStatus, tail: tail)
    } catch let failure as MediaFailure {
      throw failure
    } catch {
      throw MediaFailure(
        .internalError,
        "the media worker, '\(program)', can't be run (\(error)); is the program still there?")
    }
  }

  private static func lastReply(
    in output: SubprocessOutputSequence, onNews: @Sendable (WorkerReply) async -> Void
  ) async throws -> WorkerReply? {
    var line: [UInt8] = []
    var last: WorkerReply?
    for try await buffer in output {
      let bytes = buffer.withUnsafeBytes { Array($0) }
      for piece in bytes.split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
      ).enumerated() {
        if piece.offset > 0 {
          guard let reply = try? JSONDecoder().decode(WorkerReply.self, from: Data(line)) else {
            throw MediaFailure(
              .internalError, "the media worker's answer makes no sense; is it of the same version?"
            )
          }
          if reply.isNews { await onNews(reply) } else { last = reply }
          line = []
        }
        line += piece.element
        guard line.count <= lineLimit else {
          throw MediaFailure(.internalError, "the media worker's answer is too long")
        }
      }
    }
    return last
  }

  private static let tailLimit = 2_000

  /// The last words on standard error; never fails, since they only explain.
  private static func tail(of output: SubprocessOutputSequence) async -> String {
    var kept: [UInt8] = []
    do {
      for try await buffer in output {
        kept = (kept + buffer.withUnsafeBytes { Array($0) }).suffix(tailLimit)
      }
    } catch {}
    return String(decoding: kept, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(5)
      .joined(separator: "; ")
  }

  private func failure(_ status: TerminationStatus, tail: String) -> MediaFailure {
    let words = tail.isEmpty ? "" : " (\(tail))"
    switch status {
    case .signaled(SIGXCPU):
      return MediaFailure(
        .timedOut, "'\(job.fileName)' used up the media worker's processor time\(words)")
    case .signaled(let signal):
      let name = strsignal(signal).map { String(cString: $0) } ?? "?"
      return MediaFailure(
        .crashed,
        """
        the media worker was ended by signal \(signal) (\(name)) while it read \
        '\(job.fileName)'; the file may be damaged, or memory short\(words)
        """)
    case .exited(let code):
      return MediaFailure(
        .internalError,
        "the media worker ended with code \(code) without an answer for '\(job.fileName)'\(words)")
    }
  }

  /// No keys, no service manager's sockets: only what finding programs and reading text needs.
  private static var environment: Environment {
    let kept = ProcessInfo.processInfo.environment.filter { name, _ in
      ["PATH", "LANG", "TMPDIR"].contains(name) || name.hasPrefix("LC_")
    }
    return .custom(
      Dictionary(
        uniqueKeysWithValues: kept.compactMap { name, value in
          Environment.Key(rawValue: name).map { ($0, value) }
        }))
  }
}
