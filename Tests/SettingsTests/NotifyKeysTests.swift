import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct NotifyKeysTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private static let variables = [
    "LANGFLIX_NOTIFY_URL":
      "ntfy+https://:tk_hidden1@ntfy.example/t https://ha.example/api/webhook/hidden2",
    "LANGFLIX_JELLYFIN_URL": "http://Nas.lan:8096/", "LANGFLIX_JELLYFIN_API_KEY": "hidden3",
    "LANGFLIX_PLEX_URL": "http://nas.lan:32400", "LANGFLIX_PLEX_TOKEN": "hidden4",
  ]

  @Test func allComesFromVariablesAndNoSecretIsShown() async throws {
    let loaded = try await sandbox.load(environment: Self.variables)
    #expect(loaded.settings.notify.receivers.map(\.kind) == [.ntfy, .webhook])
    #expect(loaded.settings.jellyfin.url == "http://nas.lan:8096")
    #expect(loaded.settings.jellyfin.key?.value == "hidden3")
    #expect(loaded.settings.plex.key?.value == "hidden4")
    #expect(loaded.origin("notify.url") == "LANGFLIX_NOTIFY_URL")
    #expect(loaded.value("notify.url") == "(hidden)")
    #expect(loaded.warnings.isEmpty)
    for text in [loaded.describe(), try loaded.describeJSON(), "\(loaded)", "\(loaded.settings)"] {
      #expect(!text.contains("hidden1") && !text.contains("hidden2"))
      #expect(!text.contains("hidden3") && !text.contains("hidden4"))
    }
  }

  @Test func filesGoBeforeCredentialsAndTheseBeforeVariables() async throws {
    let folder = sandbox.folder.appending("credentials")
    try sandbox.write("https://by-credential.example/", to: folder.appending("langflix.notify.url"))
    try sandbox.write("from-systemd\n", to: folder.appending("langflix.plex.token"))
    try sandbox.write("from-systemd", to: folder.appending("langflix.jellyfin.key"))
    let environment = Self.variables.merging(["CREDENTIALS_DIRECTORY": folder.string]) { $1 }
    let byCredential = try await sandbox.load(environment: environment)
    #expect(byCredential.settings.notify.receivers.map(\.server) == ["by-credential.example"])
    #expect(byCredential.settings.plex.key?.value == "from-systemd")
    #expect(byCredential.origin("jellyfin.api_key") == "credential langflix.jellyfin.key")

    let file = sandbox.folder.appending("addresses")
    try sandbox.write("# mine\nhttps://one.example/a\n\nhttps://two.example/b\n", to: file)
    let byFile = try await sandbox.load("notify: {url_file: \(file)}", environment: environment)
    #expect(byFile.settings.notify.receivers.map(\.server) == ["one.example", "two.example"])
    #expect(byFile.warnings.contains { $0.hasPrefix("notify.url_file: others than its owner") })
  }

  @Test func whatIsWrongIsToldWithoutShowingIt() async throws {
    let wrong = try await sandbox.problems(environment: ["LANGFLIX_NOTIFY_URL": "hidden://x"])
    #expect(wrong.count == 1)
    #expect(
      wrong.first?.hasPrefix(
        "LANGFLIX_NOTIFY_URL: this is no list of addresses to tell; give up to 8") == true)
    #expect(wrong.allSatisfy { !$0.contains("hidden") })
    let misplaced = try await sandbox.problems("notify:\n  url: https://hidden.example/x\n")
    #expect(misplaced.count == 1)
    #expect(misplaced.allSatisfy { $0.contains("notify.url_file") && !$0.contains("hidden") })
    let keyless = try await sandbox.problems("jellyfin:\n  url: http://nas:8096\n")
    #expect(keyless.count == 1)
    #expect(keyless.first?.contains("langflix.jellyfin.key") == true)
  }

  @Test func variablesOfTestsThatTheProgramKnowsAreNoMistakes() async throws {
    let known = try await sandbox.load(environment: [
      "LANGFLIX_TEST_STALL": "store", "LANGFLIX_TEST_KILL_AT_STEP": "4",
      "LANGFLIX_TEST_COUNT_STEPS": "1",
    ])
    #expect(known.warnings.isEmpty)
    let unknown = try await sandbox.load(environment: ["LANGFLIX_TEST_NOTHING": "1"])
    #expect(unknown.warnings.count == 1)
  }
}
