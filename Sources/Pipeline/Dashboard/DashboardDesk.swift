import Control
import Dashboard
import Expressions
import Publishing
import Settings
import Store
import SystemPackage

/// What the dashboard shows and has done, from the store, the pool, the libraries and what is being done.
struct DashboardDesk: DashboardSource {
  let workshop: Workshop
  let bridge: LibraryBridge
  let requests: Requests
  let inForce: SettingsInForce

  static let queueLimit = 100
  static let finishedLimit = 10

  var store: EpisodeStore { workshop.store }

  // MARK: - Episodes

  func episodes(_ query: EpisodeQuery) async throws -> Page<EpisodeEntry> {
    let isGone: Bool? = query.state.map { $0 == "gone" }
    let found = try await store.episodes(
      EpisodeListing(
        states: query.state.flatMap(EpisodeState.init(rawValue:)).map { [$0] }, isGone: isGone,
        library: query.library, text: query.text, limit: query.range.limit,
        offset: query.range.offset))
    return Page(entries: entries(found.episodes), total: found.total)
  }

  func episode(_ id: Int64) async throws -> EpisodeDetail? {
    guard let overview = try await store.overview(of: id) else { return nil }
    let record = overview.record
    let clips = try await store.clips(of: id)
    let incidents = try await store.incidentRecords(of: id)
    return EpisodeDetail(
      episode: entries([overview])[0], path: record.knownPath?.string ?? "?",
      folder: record.folder?.string, folderName: record.folder?.lastComponent?.string,
      sizeBytes: record.sizeBytes, clips: clips.map(ClipEntry.init),
      incidents: incidents.map(HistoryEntry.init),
      hasGallery: record.folder != nil && overview.clipsPublished > 0)
  }

  func history(_ range: PageRange) async throws -> Page<HistoryEntry> {
    let found = try await store.incidents(limit: range.limit, offset: range.offset)
    return Page(entries: found.incidents.map(HistoryEntry.init), total: found.total)
  }

  func search(_ query: SearchQuery) async throws -> Page<FoundExpression> {
    let found = try await store.expressions(
      matching: query.text, level: query.level, limit: query.range.limit,
      offset: query.range.offset)
    return Page(entries: found.expressions.map(FoundExpression.init), total: found.total)
  }

  func settings() async -> [SettingEntry] {
    inForce.all.map { SettingEntry(key: $0.key, value: $0.value, origin: $0.origin) }
  }

  func entries(_ overviews: [EpisodeOverview]) -> [EpisodeEntry] {
    let doing = Dictionary(
      workshop.board.current.map { ($0.episode, $0) }, uniquingKeysWith: { $1 })
    return overviews.map { EpisodeEntry($0, doing[$0.record.id]) }
  }

  // MARK: - Actions

  func retry(_ id: Int64?) async throws -> Int {
    if let id, try await store.overview(of: id) == nil {
      throw DashboardRefusal(.unknown, "there is no episode \(id)")
    }
    do {
      return try await requests.retry(id.map(RetrySelection.episode) ?? .all)
    } catch let error as ControlError {
      throw DashboardRefusal(.unfit, error.message)
    }
  }

  func pause(backlogOnly: Bool) async throws -> PauseEntry {
    PauseEntry(try await requests.pause(backlogOnly: backlogOnly))
  }

  func resume() async throws -> PauseEntry { PauseEntry(try await requests.resume()) }

  func know(_ phrase: String, isKnown: Bool, library: String) async throws -> Bool {
    guard let root = workshop.settings.libraries.first(where: { $0.name == library })?.root else {
      throw DashboardRefusal(.unknown, "there is no library of this name")
    }
    do {
      return try await workshop.steps.disk.run {
        var hasChanged = false
        try KnownFile.edit(libraryRoot: root) { text in
          let new =
            isKnown
            ? KnownPhrases.adding([phrase], to: text).text
            : KnownPhrases.removing([phrase], from: text).text
          hasChanged = new != text
          return new
        }
        return hasChanged
      }
    } catch let error as PublishingError {
      throw DashboardRefusal(.unfit, "\(error)")
    }
  }

  func changes() -> AsyncStream<Void> {
    let posted = workshop.board.changes()
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    // Unstructured, for the stream outlives this call; it ends with whoever reads it.
    let task = Task {
      for await _ in posted { continuation.yield() }
      continuation.finish()
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }
}
