import Settings
import SystemPackage
import Testing
import langflix

@Suite struct ProviderTests {
  let sandbox: Sandbox
  private let key = ["GEMINI_API_KEY": "g-1", "OPENAI_API_KEY": "o-1", "ANTHROPIC_API_KEY": "a-1"]

  init() throws { sandbox = try Sandbox() }

  @Test func presetsNeedNoEntry() async throws {
    let names = ProviderSettings.presets.map(\.name)
    let loaded = try await sandbox.load(
      "extraction: {provider: '\(names.joined(separator: ", "))'}", environment: key)
    let providers = loaded.settings.extraction.providers
    #expect(providers.map(\.name) == names)
    #expect(
      providers.map { $0.apiKey?.value } == ["g-1", "g-1", "o-1", "a-1", nil])
    var keyless = providers
    for index in keyless.indices { keyless[index].apiKey = nil }
    #expect(keyless == ProviderSettings.presets)
    #expect(loaded.origin("providers.gemini.model") == "preset")
    #expect(loaded.settings.extraction.fallsBackToLexicon == false)
  }

  @Test func variableOverFileOverPreset() async throws {
    let loaded = try await sandbox.load(
      """
      providers:
        gemini-free:
          model: other
          limit: 3
          ca_file: ca.pem
          temperature: 0.2
          requests_per_day: none
      extraction: {provider: gemini-free}
      """,
      environment: key.merging([
        "LANGFLIX_PROVIDERS_GEMINI_FREE_MODEL": "third",
        "LANGFLIX_PROVIDERS_GEMINI_FREE_USD_PER_DAY": "0.5",
        "LANGFLIX_PROVIDERS_GEMINI_FREE_LIMIT": "",
      ]) { $1 })
    let provider = try #require(loaded.settings.extraction.providers.first)
    var expected = try #require(ProviderSettings.preset(named: "gemini-free"))
    expected.model = "third"
    expected.limit = 3
    expected.caFile = sandbox.folder.appending("config/langflix/ca.pem")
    expected.temperature = 0.2
    expected.requestsPerDay = nil
    expected.usdPerDay = 0.5
    expected.apiKey = Secret("g-1")
    #expect(provider == expected)
    let prefix = "providers.gemini-free."
    #expect(loaded.origin(prefix + "model") == "LANGFLIX_PROVIDERS_GEMINI_FREE_MODEL")
    #expect(loaded.origin(prefix + "limit") == "\(sandbox.file):4")
    #expect(loaded.value(prefix + "requests_per_day") == "none")
    #expect(loaded.origin(prefix + "batch_cues") == "preset")
    #expect(loaded.warnings.isEmpty)
  }

  /// Each key's text, from file and variable, must arrive in its place and be shown as it was given.
  @Test func eachKeyIsReadFromEachSource() async throws {
    let texts = [
      "kind": "openai", "base_url": "http://nas:8080/v1", "model": "m/x:1", "api_key_file": "none",
      "limit": "7", "requests_per_minute": "11", "input_tokens_per_minute": "12",
      "output_tokens_per_minute": "13", "requests_per_day": "14", "usd_per_day": "1.5",
      "input_usd_per_million": "0.25", "output_usd_per_million": "3", "batch_cues": "55",
      "batches_per_episode": "6", "time_limit_seconds": "77", "connect_limit_seconds": "8",
      "ca_file": "/ca", "prompt_file": "/prompt", "temperature": "0", "day_time_zone": "Asia/Tokyo",
    ]
    #expect(Set(texts.keys) == Set(SettingKeys.provider.map(\.name)))
    let expected = ProviderSettings(
      name: "my-Server", kind: .openai, baseURL: "http://nas:8080/v1", model: "m/x:1", limit: 7,
      requestsPerMinute: 11, inputTokensPerMinute: 12, outputTokensPerMinute: 13,
      requestsPerDay: 14, usdPerDay: 1.5, inputPrice: 0.25, outputPrice: 3, batchCues: 55,
      batchesPerEpisode: 6, timeLimit: .seconds(77), connectTimeLimit: .seconds(8), caFile: "/ca",
      promptFile: "/prompt", temperature: 0, dayTimeZone: "Asia/Tokyo")
    let lines = texts.map { "    \($0.key): \($0.value)\n" }.joined()
    let fromFile = try await sandbox.load(
      "extraction: {provider: my-Server}\nproviders:\n  my-Server:\n" + lines)
    let variables = texts.map { ("LANGFLIX_PROVIDERS_MY_SERVER_\($0.key.uppercased())", $0.value) }
    let fromVariables = try await sandbox.load(
      "extraction: {provider: my-Server}\nproviders: {my-Server: }\n",
      environment: Dictionary(uniqueKeysWithValues: variables))
    for loaded in [fromFile, fromVariables] {
      #expect(loaded.settings.extraction.providers == [expected])
      for (name, text) in texts {
        #expect(loaded.value("providers.my-Server.\(name)") == text)
        #expect(loaded.origin("providers.my-Server.\(name)") != "default")
      }
      #expect(loaded.warnings.isEmpty)
    }
  }

  @Test func otherNamesTakeWhatTheirKindHas() async throws {
    let key = sandbox.file.removingLastComponent().appending("key")
    try sandbox.write("k", to: key)
    let loaded = try await sandbox.load(
      """
      extraction: {provider: "big, nas", fallback: lexicon}
      providers:
        nas: {kind: ollama, model: llama3, base_url: "HTTP://NAS:11434//"}
        big: {kind: gemini, model: gemini-3, api_key_file: key}
      """)
    #expect(loaded.origin("providers.big.api_key") == key.string)
    let (big, nas) = (
      loaded.settings.extraction.providers[0], loaded.settings.extraction.providers[1]
    )
    #expect(nas.baseURL == "http://nas:11434")
    #expect((nas.limit, nas.batchCues) == (1, 40))
    #expect(nas.timeLimit == .seconds(900))
    #expect(big.baseURL == "https://generativelanguage.googleapis.com/v1beta")
    #expect(big.dayTimeZone == "America/Los_Angeles")
    #expect(big.inputPrice == 0 && big.requestsPerMinute == nil)
    #expect(loaded.settings.extraction.fallsBackToLexicon)
    #expect(loaded.origin("providers.nas.limit") == "default")
  }

  @Test func onlyThoseInUseMustBeComplete() async throws {
    let definitions = """
      providers:
        half: {limit: 2}
        local:
          kind: openai
      """
    let loaded = try await sandbox.load(definitions)
    #expect(loaded.value("providers.half.limit") == "2")
    #expect(loaded.value("providers.half.model") == nil)
    #expect(loaded.settings.extraction.providers.isEmpty)
    let problems = try await sandbox.problems(
      definitions + "\nextraction: {provider: 'half, local'}")
    let url = "an http or https address such as 'https://host/v1', without a password or a query"
    let model = "a model's name of up to 200 ASCII characters without spaces"
    #expect(
      problems == [
        "FILE:2: providers.half.kind: it is missing; give 'gemini', 'openai', 'ollama' or 'anthropic'",
        "FILE:2: providers.half.model: it is missing; give \(model)",
        "FILE:3: providers.local.base_url: it is missing; give \(url)",
        "FILE:3: providers.local.model: it is missing; give \(model)",
      ])
  }

  @Test(arguments: [
    ("gemini-fre", "did you mean 'gemini-free'?"), ("Lexicon", "did you mean 'lexicon'?"),
    ("nass", "did you mean 'nas'?"),
    (
      "something-else",
      "the presets are 'gemini-free', 'gemini', 'openai', 'anthropic', 'ollama'; others must be defined below 'providers' in the file"
    ),
  ])
  func unknownNamesAreToldWithWhatIsMeant(name: String, hint: String) async throws {
    let problems = try await sandbox.problems(
      "providers: {nas: {kind: ollama}}\nextraction:\n  provider: 'ollama, \(name)'")
    #expect(problems == ["FILE:3: extraction.provider: no provider is named '\(name)'; \(hint)"])
  }

  @Test func onlyWhatIsInUseOrMentionedIsListed() async throws {
    func listed(_ yaml: String, _ environment: [String: String]) async throws -> [String] {
      let loaded = try await sandbox.load(yaml, environment: environment)
      return loaded.origins.filter { $0.key.hasSuffix(".api_key") }.map(\.key)
    }
    #expect(try await listed("", key).isEmpty)
    let names = try await listed(
      "extraction: {provider: ollama}\nproviders: {openai: {limit: 1}}",
      [
        "LANGFLIX_PROVIDERS_ANTHROPIC_API_KEY": "x",
        "LANGFLIX_PROVIDERS_GEMINI_FREE_LIMIT": "3",
      ])
    #expect(
      names == ["anthropic", "gemini-free", "ollama", "openai"].map { "providers.\($0).api_key" })
  }

  @Test func namesWithTheSameVariablesAreRefused() async throws {
    let problems = try await sandbox.problems(
      "providers:\n  a-b: {}\n  a_b: {}\n  Ollama: {}\n  ollama: {}\n",
      environment: ["LANGFLIX_PROVIDERS_A_B_LIMIT": "2", "LANGFLIX_PROVIDERS_OLLAMA_LIMIT": "2"])
    #expect(
      problems == [
        "FILE:3: providers: 'a_b' and 'a-b' (FILE:2) would have the same variables, LANGFLIX_PROVIDERS_A_B_…; rename one of them",
        "FILE:4: providers: 'Ollama' and 'ollama' (FILE:5) would have the same variables, LANGFLIX_PROVIDERS_OLLAMA_…; rename one of them",
      ])
    let preset = try await sandbox.problems("providers:\n  gemini_free: {}\n")
    #expect(
      preset == [
        "FILE:2: providers: 'gemini_free' and the preset 'gemini-free' would have the same variables, LANGFLIX_PROVIDERS_GEMINI_FREE_…; rename one of them"
      ])
  }

  /// A name that goes on with the beginning of another's key would make one variable mean two things.
  @Test func noKeyEndsWithAnother() {
    let names = (SettingKeys.provider + [SettingKeys.apiKey]).map(\.name)
    for name in names {
      #expect(!names.contains { $0.hasSuffix("_\(name)") }, "\(name)")
    }
  }

  @Test func unknownVariablesOfProvidersAreWarnings() async throws {
    let loaded = try await sandbox.load(environment: [
      "LANGFLIX_PROVIDERS_OLLAMA_MODLE": "x", "LANGFLIX_PROVIDERS_UNHEARD_OF_FROBNICATION": "x",
    ])
    #expect(
      loaded.warnings == [
        "LANGFLIX_PROVIDERS_OLLAMA_MODLE is ignored: no key has this variable; did you mean LANGFLIX_PROVIDERS_OLLAMA_MODEL?",
        "LANGFLIX_PROVIDERS_UNHEARD_OF_FROBNICATION is ignored: no key has this variable; those of providers are for presets and for names that the file defines",
      ])
  }

  @Test(arguments: [
    ("kind", ["Gemini", "azure", ""]),
    (
      "base_url",
      [
        "ftp://a", "http://", "https:///v1", "a.example", "http://a b", "http://a:0",
        "http://a:65536", "http://a:1:2", "http://a/ü", "http://[::1", "http://[]", "http://a\\b",
        "",
      ]
    ),
    ("model", ["", "a b", "é", String(repeating: "m", count: 201)]),
    ("limit", ["0", "65"]), ("requests_per_minute", ["0", "-1", "1.5", "None", "1000000001"]),
    ("input_tokens_per_minute", ["0"]), ("output_tokens_per_minute", ["0"]),
    ("requests_per_day", ["0"]), ("usd_per_day", ["0", "-1", "nan", "inf", "1e300"]),
    ("input_usd_per_million", ["-0.1", "none", "nan"]), ("output_usd_per_million", ["inf"]),
    ("batch_cues", ["4", "2001"]), ("batches_per_episode", ["0"]),
    ("time_limit_seconds", ["4.9", "3601"]), ("connect_limit_seconds", ["0.9", "301"]),
    ("temperature", ["-0.1", "2.1"]),
    ("day_time_zone", ["", "Los Angeles", "America/Nowhere", "../etc/passwd", "none"]),
  ])
  func whatIsOutOfRangeIsRefused(key: String, texts: [String]) async throws {
    for text in texts {
      let problems = try await sandbox.problems("providers:\n  ollama:\n    \(key): '\(text)'\n")
      let allowed = try #require(SettingKeys.provider.first { $0.name == key }).allowed
      let shown = text.count > 120 ? text.prefix(120) + "…" : text
      #expect(
        problems == [
          "FILE:3: providers.ollama.\(key): '\(shown)' is not allowed; give \(allowed)"
        ])
    }
  }

  @Test(arguments: [
    ("https://Example.ORG/V1/", "https://example.org/V1"), ("http://a:8080", "http://a:8080"),
    ("HTTP://[::1]:80/x//", "http://[::1]:80/x"),
    ("http://my_host.local.", "http://my_host.local."),
  ])
  func addressesAreKeptInOneForm(text: String, kept: String) async throws {
    let loaded = try await sandbox.load("providers:\n  ollama: {base_url: '\(text)'}\n")
    #expect(loaded.value("providers.ollama.base_url") == kept)
  }

  @Test(arguments: ["https://me:hunter2@host/v1", "https://host/v1?key=hunter2"])
  func secretsInAnAddressAreNotShown(text: String) async throws {
    let problems = try await sandbox.problems("providers:\n  openai: {base_url: '\(text)'}\n")
    #expect(
      problems == [
        "FILE:2: providers.openai.base_url: the value is not allowed; give an http or https address such as 'https://host/v1', without a password or a query"
      ])
  }
}
