import SystemPackage

/// One LLM provider, complete: the preset of its name with what the configuration changes.
package struct ProviderSettings: Sendable, Equatable {
  /// The protocol that it speaks.
  package enum Kind: String, Sendable, CaseIterable {
    case gemini, openai, ollama, anthropic
  }
  /// The name it has in the configuration.
  package var name: String
  package var kind: Kind
  /// Without a slash at its end, such as "https://api.openai.com/v1".
  package var baseURL: String
  package var model: String
  /// Nil where the server wants none.
  package var apiKey: Secret?
  /// The file that the key is read from, where one is named.
  package var apiKeyFile: FilePath?
  /// Batches in flight at once.
  package var limit: Int
  package var requestsPerMinute: Int?
  package var inputTokensPerMinute: Int?
  package var outputTokensPerMinute: Int?
  package var requestsPerDay: Int?
  package var usdPerDay: Double?
  /// US dollars a million tokens.
  package var inputPrice: Double
  package var outputPrice: Double
  package var batchCues: Int
  /// Most batches for one episode, where daily requests are scarce.
  package var batchesPerEpisode: Int?
  package var timeLimit: Duration
  package var connectTimeLimit: Duration
  /// Certificates to trust besides the system's.
  package var caFile: FilePath?
  /// Replaces the built-in prompt.
  package var promptFile: FilePath?
  package var temperature: Double?
  /// Time zone, by IANA name, in which the provider's day ends.
  package var dayTimeZone: String

  package init(
    name: String, kind: Kind, baseURL: String, model: String, apiKey: Secret? = nil,
    apiKeyFile: FilePath? = nil, limit: Int = 4, requestsPerMinute: Int? = nil,
    inputTokensPerMinute: Int? = nil,
    outputTokensPerMinute: Int? = nil, requestsPerDay: Int? = nil, usdPerDay: Double? = nil,
    inputPrice: Double = 0, outputPrice: Double = 0, batchCues: Int = 60,
    batchesPerEpisode: Int? = nil, timeLimit: Duration = .seconds(300),
    connectTimeLimit: Duration = .seconds(10), caFile: FilePath? = nil,
    promptFile: FilePath? = nil, temperature: Double? = nil, dayTimeZone: String = "UTC"
  ) {
    self.name = name
    self.kind = kind
    self.baseURL = baseURL
    self.model = model
    self.apiKey = apiKey
    self.apiKeyFile = apiKeyFile
    self.limit = limit
    self.requestsPerMinute = requestsPerMinute
    self.inputTokensPerMinute = inputTokensPerMinute
    self.outputTokensPerMinute = outputTokensPerMinute
    self.requestsPerDay = requestsPerDay
    self.usdPerDay = usdPerDay
    self.inputPrice = inputPrice
    self.outputPrice = outputPrice
    self.batchCues = batchCues
    self.batchesPerEpisode = batchesPerEpisode
    self.timeLimit = timeLimit
    self.connectTimeLimit = connectTimeLimit
    self.caFile = caFile
    self.promptFile = promptFile
    self.temperature = temperature
    self.dayTimeZone = dayTimeZone
  }
}

/// Text that must not be printed; its description says only that it is there.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
  package let value: String

  package init(_ value: String) { self.value = value }

  package var description: String { "(hidden)" }
  package var debugDescription: String { "(hidden)" }
}

extension Secret: CustomReflectable {
  package var customMirror: Mirror { Mirror(self, children: []) }
}
