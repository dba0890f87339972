import Expressions
import Foundation
import Library
import Logging
import Media
import Settings
import Store
import Subtitles
import SystemPackage

/// The steps of an episode. Each takes the episode as the store knows it, does one step's work, and records what came
/// of it in one transaction; a step that was cut short is simply done again.
struct EpisodeSteps: Sendable {
  /// What a reload may replace; `current` has the newest.
  var settings: LangflixSettings
  var media: MediaWorkerClient
  var pool: ExtractionPool
  private let live: LiveParts
  let store: EpisodeStore
  let turns: KeyedTurns
  let gate: WorkGate
  let board: ProgressBoard
  let knownClips: KnownClips
  let galleries: Galleries
  let disk: BlockingQueue
  let decks: SeasonDecks
  let speech: SpeechCounts
  let alarms: Alarms
  let refusals = OnceOnly()
  var logger: Logger
  /// Called when clips were chosen that can be cut while the episode is with the extractor.
  var onDecision: @Sendable () -> Void = {}
  /// Whether batches of an episode are with the extractor right now.
  var isExtracting: @Sendable (Int64) -> Bool = { _ in false }

  init(
    live: LiveParts, store: EpisodeStore, turns: KeyedTurns, gate: WorkGate, board: ProgressBoard,
    knownClips: KnownClips, galleries: Galleries, disk: BlockingQueue, decks: SeasonDecks,
    alarms: Alarms, logger: Logger
  ) {
    let parts = live.current
    settings = parts.settings
    media = parts.media
    pool = parts.pool
    self.live = live
    self.store = store
    self.turns = turns
    self.gate = gate
    self.board = board
    self.knownClips = knownClips
    self.galleries = galleries
    self.decks = decks
    speech = SpeechCounts(store: store)
    self.alarms = alarms
    self.disk = disk
    self.logger = logger
  }

  /// The same under the configuration that is in force now.
  var current: EpisodeSteps {
    var steps = self
    let parts = live.current
    steps.settings = parts.settings
    steps.media = parts.media
    steps.pool = parts.pool
    return steps
  }

  func logging(to logger: Logger) -> EpisodeSteps {
    var steps = self
    steps.logger = logger
    return steps
  }

  func perform(_ episode: EpisodeRecord) async throws {
    guard let path = episode.path else {
      throw StepFailure(.vanished, "the file is gone")
    }
    try await expectUnchanged(episode, path)
    switch episode.state {
    case .probing: try await probe(episode, path)
    case .transcribing: try await transcribe(episode, path)
    case .extracting: try await extract(episode)
    case .grouping: try await group(episode)
    case .cutting: try await cut(episode, path)
    case .leftAlone, .settling, .needsSubtitles, .needsProvider, .done, .failed: break
    }
  }

  /// A file that is being replaced must not be cut by the cues of the one before.
  func expectUnchanged(_ episode: EpisodeRecord, _ path: FilePath) async throws {
    // Its time of change alone may be set anew by the program that imported it; the next scan tells.
    let size = try await disk.run { EpisodeFiles.observe(path)?.sizeBytes }
    guard let size else {
      // Nothing may be made where it was: that may be the place of a share that is away.
      throw StepFailure(.retry, "the file can't be reached")
    }
    guard size != episode.sizeBytes else { return }
    throw StepFailure(
      .wait(settings.watch.settle),
      "the file has changed since it was found; it is looked at again once it has settled")
  }

  // MARK: - What the steps share

  func probeResult(of episode: EpisodeRecord) throws -> Probe {
    guard let text = episode.probe else {
      throw StepFailure(.retry, "the episode has no probe yet")
    }
    return try JSONDecoder().decode(Probe.self, from: Data(text.utf8))
  }

  func sourceTranscript(of episode: EpisodeRecord) async throws -> StoredTranscript {
    guard let stored = try await store.transcript(of: episode.id, role: "source") else {
      throw StepFailure(.retry, "the episode has no transcript yet")
    }
    return stored
  }

  static var now: Double { Date.now.timeIntervalSince1970 }
}
