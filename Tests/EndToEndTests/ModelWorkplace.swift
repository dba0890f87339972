import Expressions
import Foundation
import ModelServer
import SystemPackage
import Testing

/// A workplace whose episodes are mined by a model behind the test server.
struct ModelWorkplace: Sendable {
  let place: Workplace
  let server: ModelServer
  let more: [String: String]

  /// - Parameters:
  ///   - kind: the protocol that langflix speaks with it.
  ///   - settings: what else is set, as environment variables.
  static func with(
    kind: Vendor = .openai, settings: [String: String] = [:], _ model: PlausibleModel,
    _ body: (ModelWorkplace) async throws -> Void
  ) async throws {
    let place = try Workplace()
    var model = model
    model.mining = mining
    let script: ModelServer.Script = { [model] in model.reply(to: $0) }
    let path = kind == .openai ? "/v1" : kind == .gemini ? "/v1beta" : ""
    let name = kind.rawValue.uppercased()
    try await ModelServer.serving(reply: script) { server in
      let own = [
        "LANGFLIX_EXTRACTION_PROVIDER": kind.rawValue,
        "LANGFLIX_PROVIDERS_\(name)_BASE_URL": server.origin + path,
        "LANGFLIX_PROVIDERS_\(name)_API_KEY": Self.key,
        "LANGFLIX_PROVIDERS_\(name)_MODEL": "test-model",
        "LANGFLIX_PROVIDERS_\(name)_BATCH_CUES": "5",
        "LANGFLIX_PROVIDERS_\(name)_LIMIT": "4", "LANGFLIX_LANGUAGES_TARGET": "es",
      ]
      try await body(
        ModelWorkplace(place: place, server: server, more: own.merging(settings) { $1 }))
    }
  }

  /// Reads our prompt's cues.
  static let mining = Mining(leadInMarker: "<before>", cuesMarker: "<dialogue>")

  static let key = "sk-a-key-that-nobody-may-see"

  func langflix(_ arguments: [String], _ extra: [String: String] = [:]) async throws
    -> CommandResult
  {
    try await place.langflix(arguments, more.merging(extra) { $1 })
  }

  func startDaemon() async throws -> Daemon { try await Daemon.start(place, more: more) }

  /// The questions that came, as the model was asked them.
  var questions: [ModelRequest] { server.requests().compactMap(ModelRequest.init) }

  /// An episode of one minute, or of ten, with this many cues, each with words of its own.
  /// - Parameters:
  ///   - about: what is spoken of; the same is the same dialogue.
  ///   - variant: makes another file of the same picture.
  @discardableResult
  func addEpisode(
    _ name: String, cues: Int, about: String = "it", variant: UInt8 = 0, isLong: Bool = false
  ) async throws -> FilePath {
    let step = (isLong ? Fixture.longSeconds - 2 : 58.0) / Double(cues)
    let lines = (1...cues).map { number in
      let start = 1 + Double(number - 1) * step
      // People do not speak to a beat, by which any two films would seem to be one.
      let uneven = Double((number * number * number * 37 + number * 11) % 53) / 106
      let word = Self.words[number % Self.words.count]
      return """
        \(number)
        \(Self.time(start + step * uneven)) --> \(Self.time(start + step * 0.9))
        They figured \(word) number \(number) of \(about) out again.

        """
    }
    // The video comes last and whole, as a download does: it may be watched already.
    let path = place.media.appending(name)
    try Data(lines.joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: place.media.appending((path.stem ?? "") + ".en.srt").string))
    var video = try Data(
      contentsOf: URL(
        fileURLWithPath: try await (isLong ? Fixture.longVideo : Fixture.video).string))
    video.append(contentsOf: [0xEC, 0x81, variant])
    let part = path.string + ".part"
    try video.write(to: URL(fileURLWithPath: part))
    rename(part, path.string)
    return path
  }

  private static let words = ["riddle", "puzzle", "secret", "recipe", "answer"]

  private static func time(_ seconds: Double) -> String {
    let milliseconds = Int(seconds * 1_000)
    let parts = [milliseconds / 3_600_000, milliseconds / 60_000 % 60, milliseconds / 1_000 % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      + "," + String("\(1_000 + milliseconds % 1_000)".dropFirst())
  }
}
