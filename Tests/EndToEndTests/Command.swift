import Foundation
import Synchronization
import SystemPackage
import Testing

/// The end of a program that a test ran.
struct CommandResult: Sendable {
  var status: Int32
  var output: String
  var errors: String
}

/// Runs programs without holding a thread of the cooperative pool.
enum Command {
  /// The langflix program that was built with these tests, or the one that `LANGFLIX_PROGRAM` names.
  static let langflix: String = {
    if let named = ProcessInfo.processInfo.environment["LANGFLIX_PROGRAM"] { return named }
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    var arguments = CommandLine.arguments[...]
    // Swift Testing's helper loads the bundle; its path is among the arguments.
    arguments.append(bundle)
    for argument in arguments where argument.contains("PackageTests") {
      let folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
      let program = folder.appendingPathComponent("langflix").path
      if FileManager.default.isExecutableFile(atPath: program) { return program }
    }
    return "langflix"
  }()

  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    workingFolder: FilePath? = nil
  ) async throws -> CommandResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.environment = baseEnvironment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    if let workingFolder {
      process.currentDirectoryURL = URL(fileURLWithPath: workingFolder.string)
    }
    let folder = FileManager.default.temporaryDirectory
    let files = ["out", "err"].map { folder.appendingPathComponent("lf-\(UUID()).\($0)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    await withCheckedContinuation { continuation in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        Issue.record("\(program) can't be run: \(error)")
        continuation.resume()
      }
    }
    let texts = files.map { String(decoding: (try? Data(contentsOf: $0)) ?? Data(), as: UTF8.self) }
    return CommandResult(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: texts[0], errors: texts[1])
  }

  /// Nothing of the developer's own settings, only what programs need.
  static var baseEnvironment: [String: String] {
    ProcessInfo.processInfo.environment.filter {
      ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR"].contains($0.key)
    }
  }
}
