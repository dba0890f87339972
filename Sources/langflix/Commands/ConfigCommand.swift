import ArgumentParser

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print what is in force and where each value comes from.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let loaded = try await common.load()
    Output.line(json ? try loaded.describeJSON() : loaded.describe())
  }
}
