import ArgumentParser
import Foundation
import Logging
import Pipeline
import SystemPackage

struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what langflix sees in a video or a subtitle file.",
    discussion: """
      Tracks and files, their format, charset and language, how sure that is, how many lines of dialogue there are and \
      what was left out, and what would be taken as source and target, and whether the name or the folder leaves the \
      file out of its library. It is an answer to 'why was my episode not taken?'. Nothing is changed, and nobody is \
      asked.
      """)

  @Argument(help: "Videos or subtitle files.", completion: .file())
  var files: [String]

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print the lines of dialogue, as one JSON object each.")
  var cues = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !files.contains("") else { throw ValidationError("a file name is empty") }
    guard !(json && cues) else {
      throw ValidationError("--cues prints JSON lines alone; --json the rest")
    }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let inspector = Inspector(
      settings: runtime.settings, program: Runtime.program, logger: runtime.logger)
    var results: [Inspection] = []
    for file in files {
      do {
        results.append(try await inspector.inspect(FilePath(argument: file), withCues: cues))
      } catch {
        Output.error("\(file): \(error)")
        throw ExitStatus.failed
      }
    }
    if cues {
      try printCues(results)
    } else if json {
      try Output.json(results)
    } else {
      for (position, result) in results.enumerated() {
        if position > 0 { Output.line() }
        for line in InspectionText.lines(result) { Output.line(line) }
      }
    }
    if results.contains(where: { !$0.isTaken }) { throw ExitStatus.failed }
  }

  private func printCues(_ results: [Inspection]) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for result in results {
      for problem in [result.leftOutBy, result.problem].compactMap(\.self) {
        Output.error("\(result.path): \(problem)")
      }
      for line in result.lines ?? [] {
        Output.line(String(decoding: try encoder.encode(line), as: UTF8.self))
      }
    }
  }
}
