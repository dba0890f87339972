import ArgumentParser
import Settings

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print what is in force and where each value comes from.")

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print every key there is, with its default and what it decides, as Markdown tables.")
  var keys = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    if keys { return Output.line(SettingKeys.reference) }
    let loaded = try await common.load()
    Output.line(json ? try loaded.describeJSON() : loaded.describe())
  }
}
