import Foundation
import SystemPackage
import Testing

/// Runs a program without holding a thread, for there are hundreds of runs.
struct Tool {
  let output: String
  /// What it said on standard error.
  let errors: String

  /// - Parameter folder: for what the program says; a read from a pipe may be interrupted when a
  ///   child ends.
  @discardableResult
  init(_ program: String, _ arguments: [String], folder: FilePath) async throws {
    let files = ["out", "err"].map { folder.appending(".\($0)-\(UUID().uuidString)").string }
    for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(TestMedia.find(program)))
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let handles = try files.map { try FileHandle(forWritingTo: URL(fileURLWithPath: $0)) }
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        done.resume(throwing: error)
      }
    }
    let texts = try files.map {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self)
    }
    (output, errors) = (texts[0], texts[1])
    try #require(
      process.terminationStatus == 0, "\(program) \(arguments.joined(separator: " ")): \(errors)")
  }
}
