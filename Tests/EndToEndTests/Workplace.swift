import Foundation
import SystemPackage
import Testing

/// A library and a state folder of a test's own, removed at the end.
final class Workplace: Sendable {
  let root: FilePath
  var media: FilePath { root.appending("media") }
  var state: FilePath { root.appending("state") }

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lf-\(UUID())")
    root = FilePath(url.path)
    for folder in [media, state] {
      try FileManager.default.createDirectory(
        atPath: folder.string, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root.string) }

  var environment: [String: String] {
    [
      "LANGFLIX_MEDIA": media.string, "LANGFLIX_STATE_FOLDER": state.string,
      "LANGFLIX_WATCH_SETTLE_SECONDS": "0.2",
      // Daemons of other tests run at the same time.
      "LANGFLIX_DASHBOARD_ENABLED": "off",
      // The episodes are short.
      "LANGFLIX_LEXICON_CLIPS": "24",
    ]
  }

  func langflix(_ arguments: [String], _ more: [String: String] = [:]) async throws -> CommandResult
  {
    try await Command.run(
      Command.langflix, arguments, environment: environment.merging(more) { $1 })
  }

  /// Adds an episode with its subtitles to the library.
  @discardableResult
  func add(
    _ name: String, subtitles: String? = Fixture.subtitles, in folder: FilePath? = nil
  ) async throws -> FilePath {
    let target = (folder ?? media).appending(name)
    if let subtitles {
      try Data(subtitles.utf8).write(
        to: URL(
          fileURLWithPath: (folder ?? media).appending((target.stem ?? "") + ".en.srt").string))
    }
    try FileManager.default.copyItem(
      atPath: try await Fixture.video.string, toPath: target.string)
    return target
  }

  func status() async throws -> StatusView {
    let result = try await langflix(["status", "--json"])
    guard result.status == 0 else { throw StatusError(description: "status: \(result.errors)") }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(StatusView.self, from: Data(result.output.utf8))
  }

  /// Polls the status until it fulfils a condition; four minutes at most, for a busy machine.
  @discardableResult
  func waitForStatus(
    _ what: String, _ condition: (StatusView) -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> StatusView {
    var last: StatusView?
    let deadline = ContinuousClock.now + .seconds(240)
    while ContinuousClock.now < deadline {
      last = try? await status()
      if let last, condition(last) { return last }
      try await Task.sleep(for: .milliseconds(100))
    }
    let seen = last.map { "\($0)" } ?? "no status"
    throw StatusError(description: "waited in vain for \(what); last seen: \(seen)")
  }

  /// The folders of episodes' clips among what lies beside them.
  func clipFolders(in shelf: FilePath) -> Set<String> {
    names(in: shelf).filter { !$0.hasPrefix(".") && !["index.html", "Anki.apkg"].contains($0) }
  }

  func names(in folder: FilePath) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? [])
  }
}

struct StatusError: Error, CustomStringConvertible { var description: String }

/// What the tests read of `status --json`; written against docs/, not against the program's own types.
struct StatusView: Decodable, Sendable {
  struct Episode: Decodable, Sendable {
    var name: String
    var path: String
    var library: String
    var state: String
    var reason: String?
    var clips: Int
    var folder: String?
    var otherPaths: [String]
  }
  struct Library: Decodable, Sendable {
    var name: String
    var isWatched: Bool
    var troubles: [String]
  }
  struct Backlog: Decodable, Sendable { var episodes: Int }
  struct Pause: Decodable, Sendable {
    var allSince: Double?
    var backlogSince: Double?
    var reason: String?
  }
  var pause: Pause?
  var isRunning: Bool
  var dashboard: String?
  var counts: [String: Int]
  var libraries: [Library]
  var backlog: Backlog
  var episodes: [Episode]

  func episode(_ name: String) -> Episode? { episodes.first { $0.name == name } }
}
