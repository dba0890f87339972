import Expressions
import Logging
import Media
import Settings
import Store
import SystemPackage

/// What every run needs, daemon or one shot, built once from the settings.
package struct Workshop: Sendable {
  let live: LiveParts
  let store: EpisodeStore
  let board: ProgressBoard
  let alarms = Alarms()
  private let baseSteps: EpisodeSteps
  let knownClips: KnownClips
  let galleries: Galleries
  let program: FilePath
  let logger: Logger

  // Under the configuration that is in force now.
  package var settings: LangflixSettings { live.settings }
  var steps: EpisodeSteps { baseSteps.current }

  /// Takes the store's lock, opens it, and loads the extractor.
  /// - Parameter program: the langflix program, run again as the media worker.
  package init(settings: LangflixSettings, program: FilePath, logger: Logger) async throws {
    self.program = program
    self.logger = logger
    board = ProgressBoard()
    let disk = BlockingQueue(label: "langflix.disk")
    let (folder, allowsRemote) = (settings.stateFolder, settings.stateOnNetwork == .allow)
    do {
      store = try await disk.run { try EpisodeStore(folder: folder, allowsRemote: allowsRemote) }
    } catch let error as StoreError where error.code == .owned {
      throw StoreInUse(description: error.message)
    }
    let providers = try await ProviderSet(
      settings: settings.extraction, store: store, disk: disk, logger: logger)
    // A provider that refused its key, or was asleep, may have been mended since.
    try await store.releaseExtraction(now: EpisodeSteps.now)
    try await store.resumeLooks(now: EpisodeSteps.now)
    knownClips = KnownClips(
      store: store, libraries: settings.libraries, disk: disk, logger: logger)
    galleries = Galleries(
      store: store, libraries: settings.libraries, isWanted: settings.clip.gallery == .on,
      logger: logger)
    live = LiveParts(
      LiveParts.Parts(
        settings: settings,
        pool: ExtractionPool(
          lanes: providers.lanes, ledger: SpendingLedger(store: store), alarms: alarms,
          logger: logger),
        media: Self.media(settings, program, logger)),
      providers: providers)
    baseSteps = EpisodeSteps(
      live: live, store: store, turns: KeyedTurns(),
      gate: WorkGate(pause: try await store.workPause()), board: board, knownClips: knownClips,
      galleries: galleries, disk: disk, decks: SeasonDecks(kind: settings.clip.deck),
      alarms: alarms, logger: logger)
    // Before any work, so that none of its news is missed; on a full disk the teller does it later.
    try? await store.beginTelling(Audience(settings).marks)
  }

  static func media(
    _ settings: LangflixSettings, _ program: FilePath, _ logger: Logger
  ) -> MediaWorkerClient {
    MediaWorkerClient(
      program: program,
      limits: WorkerLimits(
        wallClock: settings.worker.timeLimit, memory: settings.worker.memoryLimit),
      logger: logger)
  }

  func conveyor(doorbell: Doorbell) -> Conveyor {
    Conveyor(
      steps: steps, doorbell: doorbell, policy: RetryPolicy(),
      shutdownLimit: settings.shutdownLimit)
  }

  package func close() async {
    do {
      // Closing the store waits for what is being written.
      try await steps.disk.run { [live, store] in
        live.close()
        try store.close()
      }
    } catch {
      logger.warning("the store did not close cleanly", metadata: ["reason": "\(error)"])
    }
  }
}

/// Another process owns the store.
package struct StoreInUse: Error, Sendable, CustomStringConvertible {
  package let description: String
}
