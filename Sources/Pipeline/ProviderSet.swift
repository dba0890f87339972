import Crypto
import Expressions
import Foundation
import LanguageModels
import Lexicon
import Logging
import Settings
import Store
import SystemPackage

/// The providers of the configuration, ready to be asked, in the order in which they are tried.
struct ProviderSet: Sendable {
  let lanes: [PoolLane]
  private let clients: [HTTPClient]

  /// - Throws: `ProviderError`, `LexiconError`.
  init(
    settings: ExtractionSettings, store: EpisodeStore, disk: BlockingQueue, logger: Logger
  ) async throws {
    var lanes: [PoolLane] = []
    var clients: [HTTPClient] = []
    for provider in settings.providers {
      var options = HTTPOptions()
      options.connectTimeLimit = provider.connectTimeLimit
      options.caFile = provider.caFile
      // An answer of the most tokens that are ever asked for takes a few hundred kilobytes.
      options.responseByteLimit = 4 << 20
      let client = HTTPClient(options: options)
      clients.append(client)
      let extractor = LanguageModelExtractor(
        settings: provider, prompt: try await Self.prompt(of: provider, disk), transport: client,
        memory: StoreEndpointMemory(store: store), logger: logger, now: { Date.now })
      lanes.append(PoolLane(provider, extractor, leadInCues: settings.leadInCues))
    }
    if settings.providers.isEmpty || settings.fallsBackToLexicon {
      let lexicon = try await LexiconExtractor(folder: settings.lexicon.folder.string)
      lanes.append(PoolLane(lexicon, settings.lexicon, leadInCues: settings.leadInCues))
    }
    self.lanes = lanes
    self.clients = clients
  }

  func close() {
    for client in clients { client.close() }
  }

  private static func prompt(
    of provider: ProviderSettings, _ disk: BlockingQueue
  ) async throws -> Prompt {
    guard let file = provider.promptFile else { return .builtIn }
    do {
      let bytes = try await disk.run { try SmallFile.read(file, limit: 256 << 10) }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ProviderError(description: "it is not UTF-8")
      }
      let hash = SHA256.hash(data: bytes).prefix(8).hexText
      return try Prompt(text: text, version: "custom-" + hash)
    } catch {
      throw ProviderError(
        description: "providers.\(provider.name).prompt_file: \(file): \(error)")
    }
  }
}

/// A provider can't be made ready.
package struct ProviderError: Error, Sendable, CustomStringConvertible {
  package let description: String
}

extension PoolLane {
  fileprivate init(
    _ provider: ProviderSettings, _ extractor: LanguageModelExtractor, leadInCues: Int
  ) {
    self.init(
      name: "\(provider.name)/\(provider.model)", extractor: extractor,
      limits: ExtractorLimits(
        concurrency: provider.limit, requestsPerMinute: provider.requestsPerMinute,
        inputTokensPerMinute: provider.inputTokensPerMinute,
        outputTokensPerMinute: provider.outputTokensPerMinute,
        requestsPerDay: provider.requestsPerDay, usdPerDay: provider.usdPerDay,
        price: TokenPrice(inputUSD: provider.inputPrice, outputUSD: provider.outputPrice)),
      plan: BatchPlan(
        cuesPerBatch: provider.batchCues, leadInCues: leadInCues,
        batchesPerEpisode: provider.batchesPerEpisode),
      day: ProviderDay(timeZone: TimeZone(identifier: provider.dayTimeZone) ?? .gmt))
  }

  fileprivate init(_ lexicon: LexiconExtractor, _ settings: LexiconSettings, leadInCues: Int) {
    self.init(
      name: SettingKeys.lexiconName, extractor: lexicon,
      limits: ExtractorLimits(concurrency: settings.limit),
      plan: BatchPlan(cuesPerBatch: settings.batchCues, leadInCues: leadInCues), day: nil)
  }
}

/// What servers were found to understand, kept in the store.
private struct StoreEndpointMemory: EndpointMemory {
  let store: EpisodeStore

  func recall(_ endpoint: String) async throws -> String? {
    try await store.recall(endpoint: endpoint)
  }

  func remember(_ facts: String, of endpoint: String) async throws {
    try await store.remember(facts, of: endpoint, now: EpisodeSteps.now)
  }
}
