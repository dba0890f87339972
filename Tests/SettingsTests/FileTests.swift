import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct FileTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func load(_ file: String?, _ environment: [String: String] = [:]) async throws
    -> LoadedConfiguration
  {
    try await ConfigurationLoader.load(
      file: file, overrides: [:], environment: sandbox.environment.merging(environment) { $1 })
  }

  private func problem(_ file: String?, _ environment: [String: String] = [:]) async -> String? {
    let error = await #expect(throws: ConfigurationError.self) {
      _ = try await self.load(file, environment)
    }
    #expect(error?.problems.count == 1)
    return error?.description
  }

  @Test func theOptionNamesTheFileBeforeTheVariableBeforeTheUsualOnes() async throws {
    let first = sandbox.folder.appending("1.yaml")
    let second = sandbox.folder.appending("2.yaml")
    try sandbox.write("selection: {clips: 1}", to: first)
    try sandbox.write("selection: {clips: 2}", to: second)
    try sandbox.write("selection: {clips: 3}", to: sandbox.file)
    let variable = ["LANGFLIX_CONFIG": second.string]
    #expect(try await load(first.string, variable).settings.selection.clips == 1)
    #expect(try await load(nil, variable).settings.selection.clips == 2)
    #expect(try await load(nil).settings.selection.clips == 3)
    #expect(try await load("~/1.yaml").file == first)
  }

  @Test func withoutXDGTheHomeIsSearched() async throws {
    let file = sandbox.folder.appending(".config/langflix/langflix.yaml")
    try sandbox.write("selection: {clips: 4}", to: file)
    let loaded = try await load(nil, ["XDG_CONFIG_HOME": ""])
    #expect(loaded.file == file)
    #expect(loaded.settings.selection.clips == 4)
  }

  @Test func aNamedFileMustExist() async throws {
    let missing = sandbox.folder.appending("no.yaml")
    #expect(await problem(missing.string) == "--config: the file \(missing) does not exist")
    #expect(
      await problem(nil, ["LANGFLIX_CONFIG": missing.string])
        == "LANGFLIX_CONFIG: the file \(missing) does not exist")
    #expect(await problem("") == "--config: '' is not the path of a file")
  }

  @Test(.timeLimit(.minutes(1))) func aPipeIsReadAndOneWithoutAWriterIsNotWaitedFor() async throws {
    let pipe = sandbox.folder.appending("pipe")
    try #require(pipe.withPlatformString { mkfifo($0, 0o600) } == 0)
    let empty = try await load(nil).settings.selection.clips
    #expect(try await load(pipe.string).settings.selection.clips == empty)

    // With its other end open, what comes late is waited for.
    let writer = try FileDescriptor.open(pipe, .readWrite)
    // A thread, for the reader may hold the last one of the tests' pool.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      _ = try? writer.closeAfter { try writer.writeAll("selection: {clips: 4}\n".utf8) }
    }
    #expect(try await load(pipe.string).settings.selection.clips == 4)
  }

  @Test func whatATerminalWouldObeyIsNotShown() async throws {
    for mark in ["\u{202E}", "\u{2066}", "\u{2028}", "\u{2029}", "\u{9B}"] {
      let text = try #require(
        await problem(nil, ["LANGFLIX_SELECTION_CLIPS": "1\(mark)2"]))
      #expect(text.contains("1\u{FFFD}2"), "\(text)")
      #expect(!text.contains(mark))
    }
  }

  @Test func aFolderIsNoFile() async throws {
    #expect(
      await problem(sandbox.folder.string)
        == "\(sandbox.folder): this is a folder; name the file in it, such as langflix.yaml")
  }

  // Root may read everything.
  @Test(.enabled(if: getuid() != 0, "needs a user other than root"))
  func anUnreadableFileIsAProblem() async throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: sandbox.file.string)
    #expect(
      await problem(nil)
        == "\(sandbox.file): no permission to read it; let the user of langflix read it")
  }

  @Test func aFileThatIsNotUTF8NamesTheLine() async throws {
    try sandbox.write(Array("log:\n  level: ".utf8) + [0xFF, 0x0A], to: sandbox.file)
    #expect(
      await problem(nil)
        == "\(sandbox.file):2: this line is not UTF-8; save the file as UTF-8")
  }

  @Test func aHugeFileIsRefused() async throws {
    try sandbox.write([UInt8](repeating: 0x23, count: (1 << 20) + 1), to: sandbox.file)
    #expect(await problem(nil)?.contains("larger than 1 MiB") == true)
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "---\n", "---\n...\n", "{}", "log:\n"])
  func aFileThatSaysNothingIsFine(text: String) async throws {
    let loaded = try await sandbox.load(text)
    #expect(loaded.origins.allSatisfy { $0.origin == "default" })
  }

  @Test func windowsTextIsRead() async throws {
    try sandbox.write(
      [0xEF, 0xBB, 0xBF] + Array("log:\r\n  level: error\r\n".utf8), to: sandbox.file)
    let loaded = try await load(nil)
    #expect(loaded.settings.log.level == .error)
    #expect(loaded.origin("log.level") == "\(sandbox.file):2")
  }
}
