/// The keys of providers.
extension SettingKeys {
  /// The keys of one provider, below `providers.NAME`.
  package static let provider: [SettingKey<ProviderSettings>] = [
    .choice("kind", \.kind, "The protocol that the server speaks."),
    .baseURL("base_url", \.baseURL, "Address that the requests start with."),
    .model("model", \.model, "The model that is asked."),
    .optionalPath(
      "api_key_file", \.apiKeyFile,
      "File that holds the key on one line and that only you can read."
    ),
    .integer("limit", 1...64, \.limit, "Requests in flight at once, over all episodes."),
    .optionalInteger("requests_per_minute", \.requestsPerMinute, "Most requests in a minute."),
    .optionalInteger(
      "input_tokens_per_minute", \.inputTokensPerMinute, "Most tokens sent in a minute."),
    .optionalInteger(
      "output_tokens_per_minute", \.outputTokensPerMinute, "Most tokens received in a minute."),
    .optionalInteger("requests_per_day", \.requestsPerDay, "Most requests in a day."),
    .optionalAmount("usd_per_day", \.usdPerDay, "Most US dollars spent in a day."),
    .price(
      "input_usd_per_million", \.inputPrice, "Price of a million tokens sent, in US dollars."),
    .price(
      "output_usd_per_million", \.outputPrice, "Price of a million tokens received, in US dollars."),
    .integer("batch_cues", 5...2_000, \.batchCues, "Subtitle lines that make one request."),
    .optionalInteger(
      "batches_per_episode", \.batchesPerEpisode,
      "Most requests for one episode, where those of a day are scarce."),
    .time(
      "time_limit_seconds", in: .seconds, 5...3_600, \.timeLimit,
      "Longest that one request may take."),
    .time(
      "connect_limit_seconds", in: .seconds, 1...300, \.connectTimeLimit,
      "Longest that connecting may take."),
    .optionalPath("ca_file", \.caFile, "Certificates (PEM) to trust besides the system's."),
    .optionalPath("prompt_file", \.promptFile, "Prompt in place of the built-in one."),
    .temperature(
      "temperature", \.temperature, "How freely the model chooses; none leaves it to the server."),
    .timeZone("day_time_zone", \.dayTimeZone, "Time zone in which the provider's day ends."),
  ]

  /// The key itself, which stands in no file of ours.
  package static let apiKey = SettingKey<ProviderSettings>.secret(
    "api_key", \.apiKey, "The key that the server knows you by.")

  /// What names the lexicon among providers, and so can't name one of them.
  package static let lexiconName = "lexicon"

  /// What the variables of a provider begin with: "LANGFLIX_PROVIDERS_GEMINI_FREE_".
  ///
  /// Names that differ in case or in '-' and '_' only have the same.
  package static func variablePrefix(ofProvider name: String) -> String {
    "LANGFLIX_PROVIDERS_" + String(name.uppercased().map { $0 == "-" ? "_" : $0 }) + "_"
  }

  /// The variable that sets a key of a provider.
  package static func variable(ofProvider name: String, _ key: SettingKey<ProviderSettings>)
    -> String
  {
    variablePrefix(ofProvider: name) + key.name.uppercased()
  }
}
