import ArgumentParser
import Expressions
import Foundation
import Logging
import Pipeline
import Settings
import SystemPackage

struct AnkiCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anki", abstract: "Make Anki decks of the expressions in your clips.",
    subcommands: [ExportCommand.self])

  struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write one Anki deck of published clips.",
      discussion: """
        Each season folder has its own deck already, Anki.apkg in Shorts/langflix. This makes one of several: of the \
        libraries in the configuration, or of the folders that are named. Importing a deck again updates its notes and \
        doubles none, and a note that did not change keeps what you changed in it.
        """)

    @Argument(
      help: "Folders that are searched for clips instead of the libraries.", completion: .directory)
    var folders: [String] = []

    @Option(help: "Only clips made on this day or later: 2026-11-30.", transform: Self.day)
    var since: Date?

    @Option(help: "Only series whose name holds this.")
    var series: String?

    @Option(help: "Only expressions of these levels, such as B2 or B1-B2.", transform: Self.levels)
    var level: LevelRange?

    @Flag(help: "Put the clips into the deck, not only each sentence's sound.")
    var clips = false

    @Option(name: .shortAndLong, help: "The deck's file.", completion: .file(extensions: ["apkg"]))
    var output = "langflix.apkg"

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard !(folders + [output]).contains("") else {
        throw ValidationError("a file name is empty")
      }
    }

    func run() async throws {
      let runtime = Runtime(try await common.load(), level: .error)
      let places = folders.map(FilePath.init(argument:))
      if let missing = places.first(where: { !Self.isFolder($0) }) {
        Output.error("\(missing): there is no such folder")
        throw ExitStatus.failed
      }
      guard !places.isEmpty || !runtime.settings.libraries.isEmpty else {
        Output.error(
          "no library is configured: name folders, set LANGFLIX_MEDIA=/folder, or list them in langflix.yaml"
        )
        throw ExitStatus.configuration
      }
      let deck = FilePath(argument: output)
      guard Self.isFolder(deck.removingLastComponent()) else {
        Output.error("\(deck): there is no such folder; make it, or name another with --output")
        throw ExitStatus.failed
      }
      let libraries =
        runtime.settings.libraries.map(\.root)
        + [runtime.settings.clip.rootFolder].compactMap { $0 }
      let export = DeckExport(
        folders: places.isEmpty ? libraries : places, since: since, series: series, levels: level,
        withClips: clips)
      do {
        let summary = try await export.write(to: deck)
        if json { return try Output.json(summary) }
        Output.line(Self.text(summary))
      } catch {
        Output.error("\(error)")
        throw ExitStatus.failed
      }
    }

    private static func text(_ summary: DeckExport.Summary) -> String {
      guard summary.notes > 0 else {
        return "nothing was written: there is no published clip that matches"
      }
      let what = "\(summary.notes) expressions of \(summary.episodes) episodes"
      return summary.isNew
        ? "\(summary.file): \(what)" : "\(summary.file) holds these \(what) already"
    }

    private static func isFolder(_ path: FilePath) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder)
        && isFolder.boolValue
    }

    private static func day(_ text: String) throws -> Date {
      let parts = text.split(separator: "-").compactMap { Int($0) }
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = .current
      guard parts.count == 3,
        let date = calendar.date(
          from: DateComponents(year: parts[0], month: parts[1], day: parts[2])),
        calendar.component(.day, from: date) == parts[2]
      else { throw ValidationError("'\(text)' is no day; write it as 2026-11-30") }
      return date
    }

    private static func levels(_ text: String) throws -> LevelRange {
      guard let setting = LevelSetting(text),
        let lowest = LanguageLevel(rawValue: setting.lowest),
        let highest = LanguageLevel(rawValue: setting.highest)
      else { throw ValidationError("'\(text)' is no level; write A1 to C2, or two as in B1-B2") }
      return LevelRange(lowest, highest)
    }
  }
}
