extension ProviderSettings {
  /// The providers that need no entry in the file; docs/providers.md dates their numbers.
  package static let presets: [ProviderSettings] = [
    preset("gemini-free", .gemini, "gemini-2.5-flash") {
      $0.limit = 2
      $0.requestsPerMinute = 10
      $0.inputTokensPerMinute = 250_000
      $0.requestsPerDay = 250
      $0.batchCues = 1_000
      $0.batchesPerEpisode = 2
    },
    preset("gemini", .gemini, "gemini-2.5-flash") {
      $0.limit = 10
      $0.requestsPerMinute = 1_000
      $0.inputTokensPerMinute = 1_000_000
      $0.inputPrice = 0.30
      $0.outputPrice = 2.50
    },
    preset("openai", .openai, "gpt-4.1-mini") {
      $0.baseURL = "https://\(openAIHost)/v1"
      $0.limit = 10
      $0.requestsPerMinute = 500
      $0.inputPrice = 0.40
      $0.outputPrice = 1.60
    },
    preset("anthropic", .anthropic, "claude-haiku-4-5") {
      $0.limit = 5
      $0.requestsPerMinute = 50
      $0.inputTokensPerMinute = 50_000
      $0.outputTokensPerMinute = 10_000
      $0.inputPrice = 1
      $0.outputPrice = 5
    },
    preset("ollama", .ollama, "qwen2.5:7b") { _ in },
  ]

  package static func preset(named name: String) -> ProviderSettings? {
    presets.first { $0.name == name }
  }

  /// What holds for a provider of this kind before anything is set. The model is empty, and so is
  /// the address of an `openai` one, which many servers could be meant by: they must be given.
  package init(name: String, kind: Kind) {
    self.init(name: name, kind: kind, baseURL: "", model: "")
    switch kind {
    case .gemini:
      baseURL = "https://generativelanguage.googleapis.com/v1beta"
      dayTimeZone = "America/Los_Angeles"
    case .anthropic:
      baseURL = "https://api.anthropic.com"
    case .ollama:
      baseURL = "http://127.0.0.1:11434"
      // One model on one machine: more at once only share its time.
      limit = 1
      batchCues = 40
      timeLimit = .seconds(900)
    case .openai: break
    }
  }

  private static let openAIHost = "api.openai.com"

  private static func preset(
    _ name: String, _ kind: Kind, _ model: String, change: (inout ProviderSettings) -> Void
  ) -> ProviderSettings {
    var settings = ProviderSettings(name: name, kind: kind)
    settings.model = model
    change(&settings)
    return settings
  }
}

/// What decides about keys.
extension ProviderSettings {
  /// Whether its server refuses every request without a key.
  package var needsKey: Bool {
    switch kind {
    case .gemini, .anthropic: true
    case .openai: BaseURL.host(of: baseURL) == Self.openAIHost
    case .ollama: false
    }
  }

  /// The variables in which the vendor's own tools look for a key, in order of preference.
  ///
  /// Empty unless this is a preset at its vendor's own address: a key never goes to a host that it
  /// was not meant for.
  package var vendorKeyVariables: [String] {
    guard let preset = Self.preset(named: name), preset.kind == kind, preset.baseURL == baseURL
    else { return [] }
    return switch kind {
    case .gemini: ["GEMINI_API_KEY", "GOOGLE_API_KEY"]
    case .openai: ["OPENAI_API_KEY"]
    case .anthropic: ["ANTHROPIC_API_KEY"]
    case .ollama: []
    }
  }
}
