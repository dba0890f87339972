import ArgumentParser
import Foundation
import SystemPackage

/// Runs any program and measures it as langflix is measured.
struct OtherCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Any program, measured in the same way.")

  @Argument(help: "The folder that the program writes into.") var output: String
  @Argument(parsing: .captureForPassthrough, help: "A program, by its path, and its arguments.")
  var command: [String]

  func run() throws {
    guard let program = command.first else { throw ValidationError("which program?") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.standardError
    let start = try Measurement.Start()
    try process.run()
    process.waitUntilExit()
    let measurement = try Measurement(since: start, clips: FilePath(output))
    guard process.terminationStatus == 0 else {
      throw ValidationError("\(program) ended with \(process.terminationStatus)")
    }
    try measurement.print()
  }
}
