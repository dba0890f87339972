import Expressions
import Foundation
import Logging
import ModelServer
import Notices
import Settings
import Store
import Subtitles
import Synchronization
import SystemPackage

@testable import Pipeline

/// A teller with a real store, a real client and a real server that plays all receivers.
final class Telling: Sendable {
  let root: FilePath
  let server: ModelServer
  let settings: LangflixSettings
  let start = EpisodeSteps.now
  let clock = WakingClock()
  let log = WarningCounter()
  private let parts: Mutex<(workshop: Workshop, teller: Teller)>

  var workshop: Workshop { parts.withLock { $0.workshop } }
  var teller: Teller { parts.withLock { $0.teller } }
  var store: EpisodeStore { workshop.store }
  var alarms: Alarms { workshop.alarms }
  var gate: WorkGate { workshop.steps.gate }
  var provider: String { workshop.live.pool.lanes[0].name }

  static let everybody = [
    "http://me:p%40ss@SERVER/hook", "ntfy+http://:tk_token@SERVER/my-topic",
    "discord+http://SERVER/api/webhooks/1/token",
  ]

  static func running(
    receivers: [String] = everybody, servers: Bool = false,
    reply: @escaping @Sendable (RecordedRequest) -> ScriptedReply = { _ in ScriptedReply() },
    body: (Telling) async throws -> Void
  ) async throws {
    let script: ModelServer.Script = { reply($0) }
    try await ModelServer.serving(reply: script) { server in
      let telling = try await Telling(server, receivers, servers)
      defer { try? FileManager.default.removeItem(atPath: telling.root.string) }
      do {
        try await body(telling)
        await telling.close()
      } catch {
        await telling.close()
        throw error
      }
    }
  }

  private init(_ server: ModelServer, _ receivers: [String], _ hasServers: Bool) async throws {
    root = FilePath(FileManager.default.temporaryDirectory.path).appending("lf-\(UUID())")
    let state = root.appending("state")
    try StateFolder.make(state)
    self.server = server
    let place = "127.0.0.1:\(server.port)"
    var settings = LangflixSettings(
      stateFolder: state, libraries: [LibrarySettings(name: "tv", root: "/media")])
    // Never asked, and its pool needs no word list.
    settings.extraction.providers = ProviderSettings.presets.filter { $0.name == "ollama" }
    settings.notify.receivers = receivers.compactMap {
      ReceiverAddress($0.replacing("SERVER", with: place))
    }
    if hasServers {
      settings.jellyfin = MediaServerSettings(
        url: server.origin, key: Secret("jelly-key"),
        folders: [FolderName(ours: "/media", theirs: "/data/tv")])
      settings.plex = MediaServerSettings(url: server.origin, key: Secret("plex-token"))
    }
    self.settings = settings
    parts = Mutex(try await Self.parts(settings, log, clock))
  }

  private static func parts(
    _ settings: LangflixSettings, _ log: WarningCounter, _ clock: WakingClock
  ) async throws -> (workshop: Workshop, teller: Teller) {
    let workshop = try await Workshop(
      settings: settings, program: "/bin/false", logger: Logger(label: "test") { _ in log })
    return (workshop, Teller(workshop: workshop, waking: { clock.seconds }))
  }

  /// As after a kill: what the store holds is all that is left.
  func restart() async throws {
    await close()
    let new = try await Self.parts(settings, log, clock)
    parts.withLock { $0 = new }
  }

  private func close() async {
    await teller.close()
    await workshop.close()
  }

  /// Tells until nothing more is due.
  /// - Returns: the requests that came of it, in the order of the paths of the receivers.
  func turn(at now: Double) async throws -> [RecordedRequest] {
    let before = server.requests().count
    for _ in 0..<4 { _ = await teller.turn(now: now) }
    let order = ["/hook", "/", "/api/webhooks/1/token"]
    return server.requests().dropFirst(before).enumerated().sorted { left, right in
      (order.firstIndex(of: left.element.path) ?? 9, left.offset)
        < (order.firstIndex(of: right.element.path) ?? 9, right.offset)
    }.map(\.element)
  }

  /// An episode whose clips are to be cut.
  @discardableResult
  func cutting(_ name: String, clips: Int = 1) async throws -> Int64 {
    let path = FilePath("/media").appending(name + ".mkv")
    let stamp = FileStamp(path: path, sizeBytes: 10, modified: 1)
    try store.recordEpisodeFile(stamp, library: "tv", origin: .news, now: 1)
    guard let found = try await store.episode(at: path) else { throw CancellationError() }
    _ = try await store.recordProbe(of: found, fingerprint: name, probe: "{}", now: 1)
    let transcript = StoredTranscript(
      transcript: Transcript(language: "en", cues: []), origin: "a test")
    try await store.recordTranscripts(
      of: found.id, source: transcript, target: nil, batches: [], now: 2)
    try await store.record(.extracted, of: found.id, now: 2)
    let groups = (1...clips).map {
      Group(
        context: Context(firstCue: $0, lastCue: $0), start: .zero, end: .seconds(1),
        expressions: [], alsoHere: [])
    }
    let outcome = Grouping.Outcome(added: groups, alsoHere: [:], settledThrough: 1, verdicts: [])
    _ = try await store.record(
      Decision(outcome: outcome, dropped: [:], settledBefore: 0, groupsBefore: 0), of: found.id,
      series: nil, isLast: true, now: 2)
    return found.id
  }

  /// As the step does that has published clips.
  func noteRoom(for id: Int64) async throws {
    guard let record = try await store.overview(of: id)?.record else { throw CancellationError() }
    await workshop.steps.noteRoom(for: record)
  }

  func finish(_ id: Int64) async throws {
    try await store.recordPublished(
      [ClipOutcome(id: 1, file: "1.mp4", reason: nil, facts: "{}")], of: id, isLast: true,
      reason: nil, now: EpisodeSteps.now)
  }

  func publish(
    _ name: String, clips: Int, at now: Double, lookedThrough: String? = nil
  ) async throws {
    let id = try await cutting(name, clips: clips)
    try await store.recordPublished(
      (1...clips).map { ClipOutcome(id: $0, file: "\($0).mp4", reason: nil, facts: "{}") }, of: id,
      isLast: true, reason: nil, now: now
    ) { count in
      let news = ClipNews(
        episode: id, name: name, library: "tv", clips: count, folder: "/media/x",
        lookedThrough: lookedThrough)
      return String(decoding: try JSONEncoder().encode(news), as: UTF8.self)
    }
  }
}

/// A clock that a test sets.
final class WakingClock: Sendable {
  private let now = Mutex(0.0)
  var seconds: Double { now.withLock { $0 } }
  func set(_ seconds: Double) { now.withLock { $0 = seconds } }
}

/// Counts what a person would find in the log.
struct WarningCounter: LogHandler {
  private final class Count: Sendable {
    let value = Mutex(0)
  }
  private let count = Count()
  var logLevel = Logger.Level.trace
  var metadata: Logger.Metadata = [:]

  var warnings: Int { count.value.withLock { $0 } }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    if event.level >= .warning { count.value.withLock { $0 += 1 } }
  }
}
