import ArgumentParser
import Expressions
import Foundation
import Publishing
import Settings
import Subtitles
import SystemPackage

struct KnownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "known",
    abstract: "Keep the list of what you know, which is not chosen again.",
    discussion: """
      The list is the file known.txt in the library's folder, one phrase a line; any editor may change it too.
      """,
    subcommands: [
      KnownListCommand.self, KnownAddCommand.self, KnownRemoveCommand.self,
      KnownImportCommand.self,
    ], defaultSubcommand: KnownListCommand.self)
}

/// Which list is meant.
struct KnownOptions: ParsableArguments {
  @Option(help: "The library, where several are configured.")
  var library: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  /// The folder of the library that is meant.
  func root() async throws -> FilePath {
    let libraries = try await common.load().settings.libraries
    let names = libraries.map(\.name).joined(separator: ", ")
    if let library {
      guard let found = libraries.first(where: { $0.name == library }) else {
        Output.error("there is no library '\(library)'; there are: \(names)")
        throw ExitStatus.configuration
      }
      return found.root
    }
    guard let only = libraries.first, libraries.count == 1 else {
      Output.error(
        libraries.isEmpty
          ? "no library is configured: set LANGFLIX_MEDIA=/folder, or list folders under libraries in langflix.yaml"
          : "which library? name one with --library: \(names)")
      throw ExitStatus.configuration
    }
    return only.root
  }

  /// Changes the list and tells what became of it.
  func change(
    _ what: (String) -> (text: String, changed: [String]), verb: String, rest: (Int) -> String?
  ) async throws {
    let root = try await root()
    var changed: [String] = []
    do {
      try KnownFile.edit(libraryRoot: root) { text in
        let result = what(text)
        changed = result.changed
        return result.text
      }
      let count = try KnownFile.read(libraryRoot: root).phrases.count
      let file = KnownFile.path(libraryRoot: root)
      if json {
        return try Output.json(
          KnownChange(file: file.string, changed: changed, count: count))
      }
      let parts = ["\(changed.count) \(verb)", rest(changed.count)].compactMap { $0 }
      Output.line("\(parts.joined(separator: ", ")); \(count) in \(Output.plain(file.string))")
    } catch let error as PublishingError where error.code == .notAllowed {
      Output.error(
        """
        \(KnownFile.path(libraryRoot: root)) may not be written: run this as langflix's user (sudo -u), or give this \
        user write permission on the folder
        """)
      throw ExitStatus.failed
    } catch let error as PublishingError {
      Output.error("\(error)")
      throw ExitStatus.failed
    }
  }
}

private struct KnownChange: Encodable {
  var file: String
  /// What was added, or removed.
  var changed: [String]
  var count: Int
}

private struct KnownList: Encodable {
  var file: String
  var phrases: [String]
}

struct KnownListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print what you know.")

  @OptionGroup var options: KnownOptions

  func run() async throws {
    let root = try await options.root()
    do {
      let known = try KnownFile.read(libraryRoot: root)
      if options.json {
        return try Output.json(
          KnownList(file: KnownFile.path(libraryRoot: root).string, phrases: known.phrases))
      }
      for phrase in known.phrases { Output.line(Output.plain(phrase)) }
    } catch let error {
      Output.error("\(error)")
      throw ExitStatus.failed
    }
  }
}

struct KnownAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add phrases, each as one argument.")

  @Argument(help: "Phrases as a dictionary lists them, such as 'give up'.")
  var phrases: [String]

  @OptionGroup var options: KnownOptions

  func run() async throws {
    try await options.change(
      {
        let (text, added) = KnownPhrases.adding(phrases, to: $0)
        return (text, added)
      }, verb: "added",
      rest: { phrases.count > $0 ? "\(phrases.count - $0) there already or no phrase" : nil })
  }
}

struct KnownRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove phrases, each as one argument.")

  @Argument(help: "Phrases of the list.")
  var phrases: [String]

  @OptionGroup var options: KnownOptions

  func run() async throws {
    try await options.change(
      {
        let (text, removed) = KnownPhrases.removing(phrases, from: $0)
        return (text, removed)
      }, verb: "removed",
      rest: { phrases.count > $0 ? "\(phrases.count - $0) not in the list" : nil })
  }
}

struct KnownImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add the phrases of a plain list, or of Anki's export as text."
  )

  @Argument(help: "The file, or - for standard input.")
  var file: String

  @OptionGroup var options: KnownOptions

  func run() async throws {
    let text = try readText()
    let (phrases, skipped) = KnownImport.phrases(text: text)
    guard !phrases.isEmpty else {
      Output.error(
        "\(file) holds no phrase: it takes one a line, or Anki's export 'Notes in Plain Text' (.txt), not .apkg"
      )
      throw ExitStatus.failed
    }
    try await options.change(
      {
        let (text, added) = KnownPhrases.adding(phrases, to: $0)
        return (text, added)
      }, verb: "added",
      rest: { added in
        let there = phrases.count - added
        let parts = [
          there > 0 ? "\(there) there already" : nil,
          skipped > 0 ? "\(StatusText.count(skipped, "line")) without a phrase left out" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
      })
  }

  /// Most bytes of a file: Anki's export of a hundred thousand notes has fewer.
  private static let byteLimit = 64 << 20

  private func readText() throws -> String {
    do {
      let path = file == "-" ? "/dev/stdin" : FilePath(argument: file)
      let bytes = try BoundedFile(reading: path, limit: Self.byteLimit).bytes
      if bytes.count > Self.byteLimit {
        Output.error("\(file) is longer than 64 MiB, and no list of phrases")
      } else if let text = DecodedText.text(bytes) {
        return text
      } else {
        Output.error(
          """
          \(file) is no text in UTF-8, UTF-16 or windows-1252. From Anki, export 'Notes in Plain Text' (.txt), not \
          a package (.apkg); save other lists as UTF-8.
          """)
      }
    } catch {
      Output.error("\(file) can't be read: \(error)")
    }
    throw ExitStatus.failed
  }
}
