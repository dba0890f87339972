import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Runs the `ffmpeg` program on files, and makes its failures plain.
struct FFmpegProgram {
  /// A file that is read, and the options that stand before it.
  struct Input {
    var file: FilePath
    var options: [String] = []
  }

  /// A file that is written, the options that stand before it, and its format by ffmpeg's name.
  struct Output {
    var file: FilePath
    var options: [String]
    var format = "nut"
  }

  /// A name is looked up in PATH.
  let name: String

  private static let tailCapacity = 2_048

  /// - Parameters:
  ///   - inputs: opened by one of `containers` alone, with no protocol but files.
  ///   - onTime: told how far the output is, about twice a second.
  func run(
    _ inputs: [Input], containers: String, to outputs: [Output],
    onTime: (MediaTime) -> Void = { _ in }
  ) throws(ClipProblem) {
    var arguments = Self.bytes([
      name, "-nostdin", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1",
      "-y",
    ])
    for input in inputs {
      arguments += Self.bytes(
        ["-protocol_whitelist", "file", "-format_whitelist", containers] + input.options + ["-i"])
      arguments.append(address(input.file))
    }
    for output in outputs {
      arguments += Self.bytes(output.options + ["-f", output.format])
      arguments.append(address(output.file))
    }
    try withoutActuallyEscaping(onTime) { onTime throws(ClipProblem) in
      try run(arguments, progress: Progress(onTime))
    }
  }

  private static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

  private func run(_ arguments: [[UInt8]], progress: Progress) throws(ClipProblem) {
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { argument in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: argument.count + 1)
      for (position, byte) in argument.enumerated() { copy[position] = CChar(bitPattern: byte) }
      copy[argument.count] = 0
      return copy
    }
    defer { for pointer in pointers { pointer?.deallocate() } }
    pointers.append(nil)
    var tail = [CChar](repeating: 0, count: Self.tailCapacity)
    var length = 0
    // The callback gets it unretained, and nothing else below would keep it alive.
    let status = withExtendedLifetime(progress) {
      lfRun(
        name, pointers, &tail, tail.count, &length,
        { bytes, count, context in
          guard let bytes, let context else { return }
          Unmanaged<Progress>.fromOpaque(context).takeUnretainedValue()
            .read(UnsafeBufferPointer(start: bytes, count: count))
        }, Unmanaged.passUnretained(progress).toOpaque())
    }
    let words = String(decoding: tail.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    try judge(
      status, words: words.split(whereSeparator: \.isNewline).suffix(3).joined(separator: "; "))
  }

  private func judge(_ status: Int32, words: String) throws(ClipProblem) {
    if status == -ENOENT || status == -EACCES {
      throw .failed("it had to be encoded, and the program '\(name)' is missing: install ffmpeg")
    }
    if status < 0 {
      throw .failed("the program '\(name)' can't be started (\(Errno(rawValue: -status)))")
    }
    if status == 0 { return }
    if words.contains("No space left on device") || words.contains("Disk quota exceeded") {
      throw .hopeless(MediaFailure(.diskFull, "no room for the clip; make room on the clips' disk"))
    }
    let end = status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
    throw .failed("'\(name)' could not encode it (\(end)): \(words)")
  }

  private func address(_ path: FilePath) -> [UInt8] { Array("file:".utf8) + path.bytes }

  /// As the program's options take it.
  static func seconds(_ time: MediaTime) -> String {
    let digits = String(time.microseconds % 1_000_000)
    let fraction = String(repeating: "0", count: 6 - digits.count) + digits
    return "\(time.microseconds / 1_000_000).\(fraction)"
  }

  /// Reads the lines of `-progress`.
  private final class Progress {
    private let onTime: (MediaTime) -> Void
    private var line: [UInt8] = []

    init(_ onTime: @escaping (MediaTime) -> Void) { self.onTime = onTime }

    func read(_ bytes: UnsafeBufferPointer<CChar>) {
      for byte in bytes {
        guard byte == CChar(bitPattern: UInt8(ascii: "\n")) else {
          if line.count < 256 { line.append(UInt8(bitPattern: byte)) }
          continue
        }
        let parts = String(decoding: line, as: UTF8.self).split(separator: "=")
        line = []
        if parts.first == "out_time_us", let time = parts.last.flatMap({ Int64($0) }) {
          onTime(MediaTime(microseconds: max(0, time)))
        }
      }
    }
  }
}
