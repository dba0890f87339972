import Foundation
import Logging
import Media
import Subtitles
import SystemPackage
import Testing

/// Sources made by the ffmpeg program, clips judged by ffprobe.
enum TestMedia {
  /// Whether the programs that these tests need are installed.
  static let hasTools = find("ffmpeg") != nil && find("ffprobe") != nil
  static let canRun: Bool = {
    if !hasTools { print("skipped: ffmpeg and ffprobe are not installed") }
    if program == nil { print("skipped: no langflix program; build it or set LANGFLIX_PROGRAM") }
    return hasTools && program != nil
  }()

  /// The program that the worker is run from: LANGFLIX_PROGRAM, or the one beside the test bundle.
  static let program: FilePath? = {
    if let path = ProcessInfo.processInfo.environment["LANGFLIX_PROGRAM"] { return FilePath(path) }
    let starts = CommandLine.arguments.filter { $0.contains("/") } + ["/proc/self/exe"]
    for start in starts {
      var folder = URL(fileURLWithPath: start).resolvingSymlinksInPath().deletingLastPathComponent()
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent("langflix").path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
          !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: candidate)
        {
          return FilePath(candidate)
        }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }()

  static func client(
    wallClock: Duration = .seconds(120), memory: Int64 = 2 << 30
  ) throws -> MediaWorkerClient {
    MediaWorkerClient(
      program: try #require(program), limits: WorkerLimits(wallClock: wallClock, memory: memory),
      logger: Logger(label: "test"))
  }

  static func find(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
      "\($0)/\(name)"
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static let encoders: String =
    (try? output(of: "ffmpeg", ["-hide_banner", "-encoders"])) ?? ""

  @discardableResult
  static func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(find(program)))
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = allBytes(of: pipe.fileHandleForReading)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments.joined(separator: " "))")
    return String(decoding: data, as: UTF8.self)
  }

  /// Foundation's own reading ends the process when a signal comes in between.
  private static func allBytes(of handle: FileHandle) -> Data {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(handle.fileDescriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return Data(bytes) }
      bytes += chunk[..<count]
    }
  }

  /// What a program that succeeds says on standard error.
  static func errors(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(find(program)))
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let data = allBytes(of: pipe.fileHandleForReading)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments.joined(separator: " "))")
    return String(decoding: data, as: UTF8.self)
  }

  /// A test picture with a running clock and a tone, 25 pictures a second.
  static func source(
    seconds: Int = 30, options: [String], at path: FilePath, inputs: [String] = []
  ) throws {
    let picture = "testsrc2=size=320x180:rate=25:duration=\(seconds)"
    let tone = "sine=frequency=440:sample_rate=48000:duration=\(seconds)"
    try output(
      of: "ffmpeg",
      ["-y", "-loglevel", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone]
        + inputs + options + [path.string])
  }

  /// H.264 with B-frames and a keyframe every 2 s.
  static let h264 = [
    "-c:v", "libx264", "-preset", "ultrafast", "-bf", "3", "-g", "50", "-keyint_min", "50",
    "-sc_threshold", "0", "-x264-params", "b-adapt=0:bframes=3:b-pyramid=normal", "-pix_fmt",
    "yuv420p", "-c:a", "aac", "-shortest",
  ]
}

/// A folder that is removed with the value that holds it.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("langflix-media-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  func file(_ name: String) -> FilePath { path.appending(name) }

  func folder(_ name: String) throws -> FilePath {
    let folder = path.appending(name)
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    return folder
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path.string)) ?? []).sorted()
  }
}
