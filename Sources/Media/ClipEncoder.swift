import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Has the `ffmpeg` program encode a stretch of the source into an intermediate file.
struct ClipEncoder {
  let program: String
  let source: FilePath
  let video: Int
  let audio: Int?
  let output: FilePath

  private static let tailCapacity = 2_048

  func encode(from start: MediaTime, length: MediaTime) throws(ClipProblem) {
    var arguments: [[UInt8]] = [
      program, "-nostdin", "-hide_banner", "-loglevel", "error", "-y",
      "-protocol_whitelist", "file", "-format_whitelist", MediaFile.containers,
      "-ss", Self.seconds(start), "-i",
    ].map { Array($0.utf8) }
    arguments.append(address(source))
    var rest = ["-t", Self.seconds(length), "-map", "0:\(video)"]
    if let audio { rest += ["-map", "0:\(audio)"] }
    rest += ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-threads", "4"]
    rest += ["-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2", "-c:v", "libx264"]
    rest += ["-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"]
    rest += ["-c:a", "aac", "-b:a", "160k", "-ac", "2", "-af", "aresample=async=1:first_pts=0"]
    arguments += (rest + ["-f", "nut"]).map { Array($0.utf8) }
    arguments.append(address(output))
    try run(arguments)
  }

  private func run(_ arguments: [[UInt8]]) throws(ClipProblem) {
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
    let status = lfRun(program, pointers, &tail, tail.count, &length)
    let words = String(decoding: tail.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    try judge(
      status, words: words.split(whereSeparator: \.isNewline).suffix(3).joined(separator: "; "))
  }

  private func judge(_ status: Int32, words: String) throws(ClipProblem) {
    if status == -ENOENT || status == -EACCES {
      throw .failed(
        "it had to be encoded, and the program '\(program)' is missing: install ffmpeg")
    }
    if status < 0 {
      throw .failed("the program '\(program)' can't be started (\(Errno(rawValue: -status)))")
    }
    if status == 0 { return }
    if words.contains("No space left on device") || words.contains("Disk quota exceeded") {
      throw .hopeless(MediaFailure(.diskFull, "no room for the clip; make room on the clips' disk"))
    }
    let end = status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
    throw .failed("'\(program)' could not encode it (\(end)): \(words)")
  }

  private func address(_ path: FilePath) -> [UInt8] { Array("file:".utf8) + path.bytes }

  private static func seconds(_ time: MediaTime) -> String {
    let digits = String(time.microseconds % 1_000_000)
    let fraction = String(repeating: "0", count: 6 - digits.count) + digits
    return "\(time.microseconds / 1_000_000).\(fraction)"
  }
}
