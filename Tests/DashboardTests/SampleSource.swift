import Dashboard
import Synchronization
import SystemPackage

/// A daemon of plain values: what it shows is given, what it was asked to do is kept.
final class SampleSource: DashboardSource {
  struct State {
    var overview: Overview
    var retries: [Int64?] = []
    var known: [String] = []
    /// What was asked for, in order.
    var pauses: [String] = []
    var overviews = 0
  }

  /// Stands wherever somebody else's text is shown.
  let text: String
  let files: [MediaPlace: PublishedFile]
  let state: Mutex<State>
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init(text: String = "Café – Lügen & mehr", files: [MediaPlace: PublishedFile] = [:]) {
    self.text = text
    self.files = files
    state = Mutex(State(overview: Self.overview(text)))
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Changes the overview and tells of it.
  func change(_ body: (inout Overview) -> Void) {
    state.withLock { body(&$0.overview) }
    continuation.yield()
  }

  static func entry(_ text: String, id: Int64 = 1, state: String = "failed") -> EpisodeEntry {
    EpisodeEntry(
      id: id, name: text, library: text, state: state, origin: text, reason: text, doing: text,
      fraction: 0.5, batchesDone: 1, batchesFailed: 1, batches: 3, clips: 2, clipsFailed: 1,
      attempts: 1, nextAttemptAt: 1_780_000_000, updatedAt: 1_780_000_000)
  }

  static func overview(_ text: String) -> Overview {
    Overview(
      version: text, counts: ["failed": 1, "done": 2], queue: [entry(text, state: "extracting")],
      queued: 1, finished: [entry(text)],
      providers: [
        ProviderEntry(
          name: text, identity: text, inFlight: 1, waiting: 2, limit: 3, closed: text,
          requestsToday: 4, requestsPerDay: 10, usdToday: 0.5, usdPerDay: 1, inputTokensToday: 5,
          outputTokensToday: 6, requestsThisMonth: 7, usdThisMonth: 8, isCounted: true)
      ],
      libraries: [
        LibraryEntry(
          name: text, root: text, isWatched: true, folders: 1, lastScanSeconds: 0.5, episodes: 1,
          clips: 2, troubles: [text])
      ], backlog: BacklogEntry(episodes: 1, sourceBytes: 2),
      pause: PauseEntry(backlogSince: 1_780_000_000, reason: text))
  }

  var expression: ExpressionEntry {
    ExpressionEntry(
      phrase: text, dictionaryForm: text + "!", meaning: text, translation: text, level: text,
      register: text)
  }

  var incident: HistoryEntry {
    HistoryEntry(at: 1_780_000_000, episode: 1, episodeName: text, step: text, reason: text)
  }

  func overview() async throws -> Overview {
    state.withLock {
      $0.overviews += 1
      return $0.overview
    }
  }

  func episodes(_ query: EpisodeQuery) async throws -> Page<EpisodeEntry> {
    Page(entries: [Self.entry(text)], total: 120)
  }

  func episode(_ id: Int64) async throws -> EpisodeDetail? {
    guard id == 1 else { return nil }
    let clip = ClipEntry(
      number: 3, state: "published", file: text, captions: text, reason: text,
      durationSeconds: 12, expressions: [expression])
    return EpisodeDetail(
      episode: Self.entry(text), path: text, folder: text, folderName: text, sizeBytes: 1,
      clips: [clip], incidents: [incident], hasGallery: true)
  }

  func history(_ range: PageRange) async throws -> Page<HistoryEntry> {
    Page(entries: [incident], total: 1)
  }

  func search(_ query: SearchQuery) async throws -> Page<FoundExpression> {
    let found = FoundExpression(
      expression: expression, episode: 1, episodeName: text, library: text, clip: 3)
    return Page(entries: [found], total: 1)
  }

  func settings() async -> [SettingEntry] {
    [SettingEntry(key: text, value: text, origin: text)]
  }

  func metrics() async throws -> [Metric] {
    [Metric("langflix_sample", .gauge, text, [.init(.number(1), [.init("name", text)])])]
  }

  func file(of id: Int64, at place: MediaPlace) async throws -> PublishedFile? {
    id == 1 ? files[place] : nil
  }

  func gallery(of id: Int64, folder: String?, csrfToken: String?) async throws -> GallerySheet? {
    GallerySheet(
      html: "<!DOCTYPE html><title>gallery</title><body data-csrf=\"\(csrfToken ?? "")\">",
      contentSecurityPolicy: "default-src 'none'")
  }

  func retry(_ id: Int64?) async throws -> Int {
    if id == 404 { throw DashboardRefusal(.unknown, "there is no episode 404") }
    if id == 409 { throw DashboardRefusal(.unfit, "episode 409 is done") }
    state.withLock { $0.retries.append(id) }
    return 1
  }

  func pause(backlogOnly: Bool) async throws -> PauseEntry {
    let pause = backlogOnly ? PauseEntry(backlogSince: 1) : PauseEntry(allSince: 1)
    change { $0.pause = pause }
    state.withLock { $0.pauses.append(backlogOnly ? "backlog" : "all") }
    return pause
  }

  func resume() async throws -> PauseEntry {
    change { $0.pause = PauseEntry() }
    state.withLock { $0.pauses.append("resume") }
    return PauseEntry()
  }

  func know(_ phrase: String, isKnown: Bool, library: String) async throws -> Bool {
    guard library == "tv" else { throw DashboardRefusal(.unknown, "there is no such library") }
    state.withLock { $0.known.append((isKnown ? "+" : "-") + phrase) }
    return true
  }

  func changes() -> AsyncStream<Void> { stream }
}

extension MediaPlace: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine("\(self)") }
}
