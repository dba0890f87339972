import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct DashboardKeysTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test(arguments: [
    ("127.0.0.1:8080", true), ("localhost:1", true), ("[::1]:80", true), ("0.0.0.0:8080", false),
    ("[::]:8080", false), ("nas.example:65535", false), ("127.evil.example:80", false),
  ])
  func addresses(text: String, isLoopback: Bool) throws {
    let address = try #require(ListenAddress(text))
    #expect(address.description == text)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "h:65536", "h:-1", "h: 1", "::1:80", "[x]:80",
    "[]:80", "a b:80", "h:80:80", "http://h:80", "h/:80", "h:999999",
  ])
  func whatIsNoAddress(text: String) { #expect(ListenAddress(text) == nil) }

  @Test func theTokenComesFromItsFileBeforeItsVariable() async throws {
    let file = sandbox.folder.appending("token")
    try sandbox.write("from-the-file\n", to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.string)
    let variable = ["LANGFLIX_DASHBOARD_TOKEN": "from-the-variable"]
    let plain = try await sandbox.load(environment: variable)
    #expect(plain.settings.dashboard.token?.value == "from-the-variable")
    #expect(plain.origin("dashboard.token") == "LANGFLIX_DASHBOARD_TOKEN")
    let both = try await sandbox.load("dashboard: {token_file: \(file)}", environment: variable)
    #expect(both.settings.dashboard.token?.value == "from-the-file")
    #expect(both.warnings.isEmpty)
    let byVariable = try await sandbox.load(
      environment: variable.merging(["LANGFLIX_DASHBOARD_TOKEN_FILE": file.string]) { $1 })
    #expect(byVariable.settings.dashboard.token?.value == "from-the-file")
    for text in [both.describe(), try both.describeJSON(), plain.describe(), "\(plain)"] {
      #expect(!text.contains("from-the"))
    }
  }

  @Test func theTokenComesFromSystemdsCredentials() async throws {
    let folder = sandbox.folder.appending("credentials")
    try sandbox.write("from-systemd", to: folder.appending("langflix.dashboard.token"))
    let loaded = try await sandbox.load(environment: [
      "CREDENTIALS_DIRECTORY": folder.string, "LANGFLIX_DASHBOARD_TOKEN": "from-the-variable",
    ])
    #expect(loaded.settings.dashboard.token?.value == "from-systemd")
    #expect(loaded.origin("dashboard.token") == "credential langflix.dashboard.token")
  }

  @Test func whatIsNoTokenIsAProblemThatDoesNotShowIt() async throws {
    #expect(
      try await sandbox.problems(environment: ["LANGFLIX_DASHBOARD_TOKEN": "short"]) == [
        "LANGFLIX_DASHBOARD_TOKEN: this is no token for the dashboard; give one line of 8 to 512 ASCII characters without spaces"
      ])
    #expect(
      try await sandbox.problems("dashboard: {token_file: /nowhere/token}") == [
        "FILE:1: dashboard.token_file: the file /nowhere/token does not exist"
      ])
    let misplaced = try await sandbox.problems("dashboard:\n  token: in-the-open\n")
    #expect(misplaced.count == 1)
    #expect(misplaced.allSatisfy { !$0.contains("in-the-open") })
  }
}
