import CLibAV
import Foundation
import Subtitles
import SystemPackage

/// The process in which untrusted media is opened: this program, run as `langflix worker`.
///
/// It reads one request from its standard input, answers in lines on its standard output, and ends;
/// earlier when its standard input or its parent ends.
package enum MediaWorker {
  /// The hidden subcommand. It is followed by the parent's process number.
  package static let subcommand = "worker"

  /// Must be called on the main thread before any other is started: the worker ends with its parent
  /// by a signal that is bound to threads, and so do the programs that it starts.
  /// - Returns: the exit code.
  package static func run() -> Int32 {
    guard lfDieWithParent() == 0, isParentAlive else { return EX_TEMPFAIL }
    lfForbidCoreDump()
    guard let line = readLine(strippingNewline: true),
      let request = try? JSONDecoder().decode(WorkerRequest.self, from: Data(line.utf8))
    else {
      // Whoever typed this by hand reads it.
      write(STDERR_FILENO, "langflix worker is run by langflix itself; use another subcommand\n")
      return EX_USAGE
    }
    let refusal = lfForbidNetwork()
    if refusal != 0 {
      // A kernel without these filters; what is opened is limited to files all the same.
      write(STDERR_FILENO, "sockets are not refused: \(Errno(rawValue: refusal))\n")
    }
    endWithInput()
    guard lfLimitProcessorTime(UInt64(max(1, request.processorTime))) == 0,
      lfLimitMemory(UInt64(max(0, request.memory))) == 0
    else {
      answer(
        .failure(
          MediaFailure(
            .internalError,
            "the media worker may not limit itself; let the service call setrlimit and prlimit64")))
      return EX_OK
    }
    lfLimitLog()
    answer(perform(request.job))
    return EX_OK
  }

  /// The parent may have ended before this process asked to be told.
  private static var isParentAlive: Bool {
    guard let expected = CommandLine.arguments.dropFirst(2).first.flatMap(pid_t.init) else {
      return true
    }
    return getppid() == expected
  }

  private static func perform(_ job: WorkerJob) -> WorkerReply {
    let pulse = Pulse { answer(.reading) }
    do throws(MediaFailure) {
      switch job {
      case .probe(let path):
        return .probe(try Prober(path: path.wrappedValue).probe())
      case .subtitleTrack(let path, let stream):
        return .subtitleTrack(
          try SubtitleTrackReader(path: path.wrappedValue, stream: stream).read(pulse))
      case .cut(let order):
        let maker = try ClipMaker(order, pulse)
        if let index = maker.newIndex { answer(.index(index)) }
        for clip in order.clips {
          let made = try maker.make(clip) { time in
            answer(.encoding(clip: clip.id, seconds: time.seconds))
          }
          answer(.clip(made))
        }
        return .cutDone
      case .reel(let order): return .reel(try ReelMaker(order).make())
      case .posters(let order):
        return .posters(try PosterMaker(order).make { answer(.reading) })
      }
    } catch {
      return .failure(error)
    }
  }

  private static func endWithInput() {
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while true {
        let count = Glibc.read(STDIN_FILENO, &byte, 1)
        if count == 0 || (count < 0 && errno != EINTR) { _exit(EX_TEMPFAIL) }
      }
    }
  }

  private static func answer(_ reply: WorkerReply) {
    guard let line = try? JSONEncoder().encode(reply) else { abort() }
    write(STDOUT_FILENO, String(decoding: line, as: UTF8.self) + "\n")
  }

  private static func write(_ descriptor: Int32, _ text: String) {
    // Nobody is left to tell about a failure: the reader is gone, and this process goes with it.
    _ = try? FileDescriptor(rawValue: descriptor).writeAll(text.utf8)
  }
}
