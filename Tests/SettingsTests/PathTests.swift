import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct PathTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func relativePathsStartWhereTheyAreWritten() async throws {
    let loaded = try await sandbox.load(
      "libraries:\n  tv: {path: ../tv}\n  kids: {path: \"~/kids\"}",
      overrides: ["state_folder": "state"],
      environment: ["LANGFLIX_MEDIA": "./media", "LANGFLIX_LEXICON_WORDNET_FOLDER": "~"])
    let working = FilePath(FileManager.default.currentDirectoryPath)
    #expect(
      loaded.settings.libraries.map(\.root) == [
        sandbox.folder.appending("kids"), working.appending("media"),
        sandbox.folder.appending("config/tv"),
      ])
    #expect(loaded.settings.stateFolder == working.appending("state"))
    #expect(loaded.settings.extraction.lexicon.folder == sandbox.folder)
  }

  @Test func theStateFolderFollowsTheEnvironment() async throws {
    let systemd = ["STATE_DIRECTORY": "/var/lib/a:/var/lib/b", "XDG_STATE_HOME": "/x"]
    #expect(
      try await sandbox.load(environment: systemd).settings.stateFolder == "/var/lib/a")
    let xdg = ["STATE_DIRECTORY": "", "XDG_STATE_HOME": "/x"]
    #expect(try await sandbox.load(environment: xdg).settings.stateFolder == "/x/langflix")
    let relative = ["XDG_STATE_HOME": "x"]
    #expect(
      try await sandbox.load(environment: relative).settings.stateFolder
        == sandbox.folder.appending(".local/state/langflix"))
  }

  @Test func withoutAHomeThereIsNoDefaultStateFolder() async throws {
    let problems = try await sandbox.problems(environment: ["HOME": ""])
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("state_folder: no default, since none of") == true)
    let tilde = try await sandbox.problems("media: ~/tv", environment: ["HOME": ""])
    #expect(
      tilde == [
        "FILE:1: libraries.media.path: '~/tv' is not allowed; give a path (HOME is not set, so ~ has no meaning)"
      ])
    let given = try await sandbox.load(environment: ["HOME": "", "LANGFLIX_STATE_FOLDER": "/s"])
    #expect(given.settings.stateFolder == "/s")
  }

  @Test(arguments: ["\"\"", "\"/a\\0b\""])
  func whatIsNoPathIsRefused(text: String) async throws {
    let problems = try await sandbox.problems("state_folder: \(text)")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("FILE:1: state_folder: '") == true)
    #expect(problems.first?.hasSuffix("' is not allowed; give a path") == true)
  }
}
