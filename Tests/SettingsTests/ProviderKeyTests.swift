import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct ProviderKeyTests {
  let sandbox: Sandbox
  private let openai = "extraction: {provider: openai}\n"
  private let rule = "give one line of ASCII characters without spaces, at most 16 KiB"

  init() throws { sandbox = try Sandbox() }

  private func keyFile(_ name: String, _ text: String, mode: Int = 0o600) throws -> FilePath {
    let path = sandbox.folder.appending(name)
    try sandbox.write(text, to: path)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path.string)
    return path
  }

  @Test func fileOverCredentialOverVariableOverTheVendors() async throws {
    let file = try keyFile("openai.key", "from-file\n")
    let other = try keyFile("other.key", "from-other-file")
    _ = try keyFile("credentials/langflix.openai.key", "from-credential\r\n", mode: 0o440)
    var environment = [
      "LANGFLIX_PROVIDERS_OPENAI_API_KEY_FILE": other.string,
      "CREDENTIALS_DIRECTORY": sandbox.folder.appending("credentials").string,
      "LANGFLIX_PROVIDERS_OPENAI_API_KEY": "from-variable", "OPENAI_API_KEY": "from-vendor",
    ]
    var yaml = openai + "providers: {openai: {api_key_file: \(file)}}\n"
    func expectKey(_ key: String?, _ origin: String) async throws {
      let loaded = try await sandbox.load(yaml, environment: environment)
      #expect(loaded.settings.extraction.providers.first?.apiKey?.value == key)
      #expect(loaded.value("providers.openai.api_key") == (key == nil ? "none" : "(hidden)"))
      #expect(loaded.origin("providers.openai.api_key") == origin)
      #expect(loaded.warnings.isEmpty)
      for text in [loaded.describe(), try loaded.describeJSON(), "\(loaded)"] {
        #expect(key.map { text.contains($0) } != true)
      }
    }
    try await expectKey("from-other-file", other.string)
    environment["LANGFLIX_PROVIDERS_OPENAI_API_KEY_FILE"] = nil
    try await expectKey("from-file", file.string)
    yaml = openai
    try await expectKey("from-credential", "credential langflix.openai.key")
    environment["CREDENTIALS_DIRECTORY"] = sandbox.folder.appending("none").string
    try await expectKey("from-variable", "LANGFLIX_PROVIDERS_OPENAI_API_KEY")
    environment["LANGFLIX_PROVIDERS_OPENAI_API_KEY"] = ""
    try await expectKey("from-vendor", "OPENAI_API_KEY")
  }

  @Test(arguments: ["gemini", "gemini-free"])
  func googleHasTwoVariables(name: String) async throws {
    let yaml = "extraction: {provider: \(name)}"
    let second = try await sandbox.load(yaml, environment: ["GOOGLE_API_KEY": "2"])
    #expect(second.origin("providers.\(name).api_key") == "GOOGLE_API_KEY")
    let first = try await sandbox.load(
      yaml, environment: ["GOOGLE_API_KEY": "2", "GEMINI_API_KEY": "1"])
    #expect(first.settings.extraction.providers.first?.apiKey == Secret("1"))
  }

  @Test(arguments: [
    "openai: {base_url: 'https://openrouter.ai/api/v1'}",
    "openai: {base_url: 'http://api.openai.com/v1'}",
    "openai: {base_url: 'https://api.openai.com.example.org/v1'}",
    "openai: {base_url: 'https://api.openai.com:8443/v1'}", "openai: {kind: ollama}",
    "other: {kind: openai, model: m, base_url: 'https://api.openai.com/v1'}",
    "gemini: {base_url: 'http://127.0.0.1:9/v1beta'}",
    "anthropic: {base_url: 'http://127.0.0.1:9'}", "ollama: {}",
  ])
  func theVendorsVariableGoesToTheVendorOnly(definition: String) async throws {
    let name = try #require(definition.split(separator: ":").first)
    let environment = [
      "OPENAI_API_KEY": "secret", "GEMINI_API_KEY": "secret", "GOOGLE_API_KEY": "secret",
      "ANTHROPIC_API_KEY": "secret",
    ]
    let yaml = "extraction: {provider: \(name)}\nproviders:\n  \(definition)\n"
    try sandbox.write(yaml, to: sandbox.file)
    let loaded = try await ConfigurationLoader.load(
      file: nil, overrides: [:], environment: sandbox.environment.merging(environment) { $1 },
      requiresKeys: false)
    let provider = try #require(loaded.settings.extraction.providers.first)
    #expect(provider.apiKey == nil)
    #expect(loaded.value("providers.\(name).api_key") == "none")
    #expect(!loaded.keyProblems.joined().contains("in OPENAI"))
    // Its own variable is meant for it, wherever it is.
    let own = ["LANGFLIX_PROVIDERS_\(name.uppercased())_API_KEY": "own"]
    let given = try await sandbox.load(yaml, environment: environment.merging(own) { $1 })
    #expect(given.settings.extraction.providers.first?.apiKey == Secret("own"))
  }

  @Test func aMissingKeyIsToldWithTheWaysToGiveIt() async throws {
    #expect(
      try await sandbox.problems(openai) == [
        "FILE:1: extraction.provider: 'openai' needs a key; put it in a file that providers.openai.api_key_file names, or in systemd's credential langflix.openai.key, or in the variable LANGFLIX_PROVIDERS_OPENAI_API_KEY, or in OPENAI_API_KEY"
      ])
    let gemini = try await sandbox.problems(
      environment: ["LANGFLIX_EXTRACTION_PROVIDER": "gemini-free,anthropic"])
    #expect(gemini.count == 2)
    #expect(gemini[1].hasPrefix("LANGFLIX_EXTRACTION_PROVIDER: extraction.provider: 'gemini-free'"))
    #expect(
      gemini[1].hasSuffix(
        "LANGFLIX_PROVIDERS_GEMINI_FREE_API_KEY, or in GEMINI_API_KEY or GOOGLE_API_KEY"))
    let proxied = try await sandbox.problems(
      "extraction: {provider: anthropic}\nproviders: {anthropic: {base_url: 'http://proxy'}}")
    #expect(proxied.first?.hasSuffix("LANGFLIX_PROVIDERS_ANTHROPIC_API_KEY") == true)
  }

  @Test func localServersNeedNone() async throws {
    let loaded = try await sandbox.load(
      """
      extraction: {provider: "ollama, llama"}
      providers: {llama: {kind: openai, model: m, base_url: "http://127.0.0.1:8080/v1"}}
      """)
    #expect(loaded.settings.extraction.providers.map(\.apiKey) == [nil, nil])
    #expect(loaded.value("providers.llama.api_key") == "none")
    #expect(loaded.origin("providers.llama.api_key") == "default")
  }

  @Test(arguments: [
    "api_key", "api-key", "apikey", "key", "token",
  ])
  func noKeyStandsInTheFile(key: String) async throws {
    #expect(
      try await sandbox.problems("providers:\n  my-llm:\n    \(key): sk-123\n") == [
        "FILE:3: providers.my-llm.\(key): this file is no place for a key; put it in a file of its own that providers.my-llm.api_key_file names, or in LANGFLIX_PROVIDERS_MY_LLM_API_KEY"
      ])
  }

  @Test(arguments: ["", "\n", "two\nlines", "with space", "tab\tbed", "ünicode", "nul\0"])
  func whatIsNoKeyIsRefusedAndNotShown(text: String) async throws {
    let file = try keyFile("wrong.key", text)
    let yaml = openai + "providers: {openai: {api_key_file: \(file)}}\n"
    // The file decides, though a variable has a key.
    let fromFile = try await sandbox.problems(yaml, environment: ["OPENAI_API_KEY": "good"])
    #expect(fromFile == ["\(file): this is no key for the provider 'openai'; \(rule)"])
    guard !text.isEmpty else { return }
    let fromVariable = try await sandbox.problems(openai, environment: ["OPENAI_API_KEY": text])
    #expect(fromVariable == ["OPENAI_API_KEY: this is no key for the provider 'openai'; \(rule)"])
  }

  @Test func aKeyHasAtMost16KiB() async throws {
    let most = String(repeating: "k", count: 16 << 10)
    var file = try keyFile("long.key", most)
    let yaml = openai + "providers: {openai: {api_key_file: \(file)}}\n"
    let loaded = try await sandbox.load(yaml)
    #expect(loaded.settings.extraction.providers.first?.apiKey == Secret(most))
    file = try keyFile("long.key", most + "k")
    #expect(
      try await sandbox.problems(yaml) == [
        "\(file): this is no key for the provider 'openai'; \(rule)"
      ])
  }

  @Test func aFileThatOthersCanReadIsAWarning() async throws {
    for mode in [0o640, 0o604] {
      let file = try keyFile("open.key", "k", mode: mode)
      let loaded = try await sandbox.load(
        openai + "providers: {openai: {api_key_file: \(file)}}\n")
      #expect(
        loaded.warnings == [
          "providers.openai.api_key_file: others than its owner can read \(file); run: chmod 600 \(file)"
        ])
      #expect(loaded.settings.extraction.providers.first?.apiKey == Secret("k"))
    }
  }

  @Test func aFileThatCannotBeReadIsAProblem() async throws {
    let missing = sandbox.folder.appending("config/langflix/no.key")
    let yaml = openai + "providers:\n  openai:\n    api_key_file: no.key\n"
    let problem =
      "FILE:4: providers.openai.api_key_file: the file \(missing) does not exist"
    #expect(try await sandbox.problems(yaml) == [problem])
    let folder = try await sandbox.problems(
      openai, environment: ["LANGFLIX_PROVIDERS_OPENAI_API_KEY_FILE": sandbox.folder.string])
    #expect(folder.count == 1)
    #expect(
      folder.first?.hasPrefix(
        "LANGFLIX_PROVIDERS_OPENAI_API_KEY_FILE: providers.openai.api_key_file: \(sandbox.folder) can't be read: "
      )
        == true)
    // Nobody asks it, so it stops nothing.
    let unused = try await sandbox.load(
      yaml.replacing("provider: openai", with: "provider: lexicon"))
    #expect(unused.warnings == [problem.replacing("FILE", with: sandbox.file.string)])
    #expect(unused.value("providers.openai.api_key") == "none")
  }

  // Root may read everything.
  @Test(.enabled(if: getuid() != 0, "needs a user other than root"))
  func aFileWithoutPermissionIsAProblem() async throws {
    let file = try keyFile("closed.key", "k", mode: 0)
    let yaml = openai + "providers: {openai: {api_key_file: \(file)}}\n"
    #expect(
      try await sandbox.problems(yaml) == [
        "FILE:2: providers.openai.api_key_file: no permission to read \(file); let the user of langflix read it"
      ])
  }

  @Test func commandsThatAskNobodyNeedNoKey() async throws {
    try sandbox.write(openai, to: sandbox.file)
    let loaded = try await ConfigurationLoader.load(
      file: nil, overrides: [:], environment: sandbox.environment, requiresKeys: false)
    #expect(loaded.settings.extraction.providers.map(\.name) == ["openai"])
    #expect(loaded.keyProblems.count == 1)
    #expect(loaded.warnings.isEmpty)
  }
}
