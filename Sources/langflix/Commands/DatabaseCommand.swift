import ArgumentParser
import Control
import Logging
import Pipeline
import SystemPackage

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Check the store, copy it, or put a copy back.",
    subcommands: [
      DatabaseCheckCommand.self, DatabaseBackupCommand.self, DatabaseRestoreCommand.self,
    ]
  )
}

struct DatabaseCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read every page of the store, and say what is wrong.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (report, _) = try await runtime.database(.check)
    if json {
      try Output.json(report)
    } else {
      Output.line(
        """
        \(Output.plain(report.file)): \(report.bytes / 1_000) kB, \(StatusText.count(report.episodes, "episode")), \
        \(StatusText.count(report.answers, "kept answer"))
        """)
      for problem in report.problems { Output.line("BAD   \(Output.plain(problem))") }
      if report.problems.isEmpty { Output.line("ok    it is whole") }
      let last = report.backups.first.map {
        "\(StatusText.dayAndTime($0.madeAt)), \(Output.plain($0.file))"
      }
      Output.line("last backup: \(last ?? "none yet")")
    }
    guard report.problems.isEmpty else {
      Output.error("put the last backup in its place: langflix db restore")
      throw ExitStatus.failed
    }
  }
}

struct DatabaseBackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the store while it is in use.",
    discussion: """
      A copy is made every night, of which the last 7 are kept, and before an upgrade changes the store's tables. They \
      lie in the folder 'backups' of the state folder.
      """)

  @Argument(
    help:
      "Where to; without it into the folder of backups. A file that is there is never overwritten.",
    completion: .file())
  var file: String?

  @Flag(help: "Only list the backups.")
  var list = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard file == nil || !list else { throw ValidationError("--list takes no file") }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let target = file.map { WirePath.text(FilePath(argument: $0)) }
    let (report, _) = try await runtime.database(list ? .list : .backup(target: target))
    if json { return try Output.json(report) }
    if report.backups.isEmpty { Output.line("no backups yet") }
    for backup in report.backups {
      Output.line(
        "\(StatusText.dayAndTime(backup.madeAt))  \(backup.kind)  \(backup.bytes / 1_000) kB  \(Output.plain(backup.file))"
      )
    }
  }
}

struct DatabaseRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a copy in the store's place.",
    discussion: """
      The copy is checked first. What was there is kept beside it, under a name that ends in the time. A running daemon \
      takes the copy when it is started again.
      """)

  @Argument(
    help: "The backup; without it the newest that is whole.",
    completion: .file(extensions: ["sqlite3"]))
  var backup: String?

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let wire = backup.map { WirePath.text(FilePath(argument: $0)) }
    let (report, byDaemon) = try await runtime.database(.restore(backup: wire))
    let name = Output.plain(report.restored ?? "")
    Output.line(
      byDaemon
        ? "\(name) is ready: it takes the store's place when langflix is restarted"
        : "\(name) is in the store's place; what was there is kept beside it")
  }
}
