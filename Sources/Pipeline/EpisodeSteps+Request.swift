import Expressions
import Logging
import Publishing
import Settings
import Store
import Subtitles

extension EpisodeSteps {
  func languages(of episode: EpisodeRecord) -> LanguageSettings {
    settings.libraries.first { $0.name == episode.library }?.languages ?? settings.languages
  }

  /// What the learner knows: by the configuration, and by the library's own list.
  func knownPhrases(of episode: EpisodeRecord) async throws -> [String] {
    let known = languages(of: episode).known
    guard let library = settings.libraries.first(where: { $0.name == episode.library }) else {
      return known
    }
    await knownClips.look()
    do {
      return known + (try await disk.run { try KnownFile.read(libraryRoot: library.root) }.phrases)
    } catch let error as PublishingError {
      // A list that can't be read is no reason to keep an episode waiting.
      logger.warning("the list of what is known was not read", metadata: ["reason": "\(error)"])
      return known
    }
  }

  /// What the extractor is asked for this episode.
  func request(for episode: EpisodeRecord) async throws -> ExtractionRequest {
    let hasTarget = try await store.transcript(of: episode.id, role: "target") != nil
    return request(for: episode, hasTarget: hasTarget)
  }

  func request(for episode: EpisodeRecord, hasTarget: Bool) -> ExtractionRequest {
    ExtractionRequest(
      languages(of: episode), hasTarget: hasTarget,
      hint: episode.knownPath.map(EpisodeHint.init(path:)))
  }

  /// The batches of a transcript as the first provider for its language wants them, each with the key that its
  /// answer is kept under.
  func batches(
    of transcript: Transcript, besides kept: [Batch] = [], for request: ExtractionRequest
  ) throws -> [PendingBatch] {
    let identity = plannedIdentity(request)
    let plan = pool.lanes(for: request.sourceLanguage).first.map { pool.lanes[$0].plan }
    return try (plan ?? BatchPlan()).batches(of: transcript, besides: kept).map { batch in
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

extension ExtractionRequest {
  /// - Parameter hasTarget: whether there are subtitles in the language that the learner reads.
  init(_ languages: LanguageSettings, hasTarget: Bool, hint: EpisodeHint?) {
    let target = languages.target == languages.source ? nil : languages.target
    self.init(
      sourceLanguage: languages.source, targetLanguage: target,
      level: LevelRange(languages.level), translatesCues: target != nil && !hasTarget, hint: hint)
  }

  /// Of what the learner knows only what matters for these cues: the list may be long.
  func knowingOnly(whatOccursIn cues: [Cue]) -> ExtractionRequest {
    var request = self
    request.known = PhraseIndex.phrases(known, occurringIn: cues, language: sourceLanguage)
    return request
  }
}
