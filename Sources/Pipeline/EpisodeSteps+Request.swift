import Expressions
import Settings
import Store
import Subtitles

extension EpisodeSteps {
  func languages(of episode: EpisodeRecord) -> LanguageSettings {
    settings.libraries.first { $0.name == episode.library }?.languages ?? settings.languages
  }

  /// What the extractor is asked for this episode.
  func request(for episode: EpisodeRecord) async throws -> ExtractionRequest {
    let hasTarget = try await store.transcript(of: episode.id, role: "target") != nil
    return request(for: episode, hasTarget: hasTarget)
  }

  func request(for episode: EpisodeRecord, hasTarget: Bool) -> ExtractionRequest {
    let languages = languages(of: episode)
    let target = languages.target == languages.source ? nil : languages.target
    return ExtractionRequest(
      sourceLanguage: languages.source, targetLanguage: target,
      level: languages.level.flatMap(LanguageLevel.init(rawValue:)), known: languages.known,
      translatesCues: target != nil && !hasTarget,
      hint: episode.knownPath.map(EpisodeHint.init(path:)))
  }

  /// The batches of a transcript as the first provider for its language wants them, each with the key that its
  /// answer is kept under.
  func batches(
    of transcript: Transcript, for request: ExtractionRequest
  ) throws -> [PendingBatch] {
    let identity = plannedIdentity(request)
    let plan = pool.lanes(for: request.sourceLanguage).first.map { pool.lanes[$0].plan }
    return try (plan ?? BatchPlan()).batches(of: transcript).map { batch in
      PendingBatch(
        batch: batch,
        contentKey: try ContentKey.key(for: batch, request: request, extractor: identity))
    }
  }

  /// The extractor that would be asked first.
  func plannedIdentity(_ request: ExtractionRequest) -> ExtractorIdentity {
    let lane = pool.lanes(for: request.sourceLanguage).first ?? 0
    return pool.lanes[lane].extractor.identity
  }
}
