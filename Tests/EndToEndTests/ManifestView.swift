import Foundation
import SystemPackage
import Testing

/// What the tests read of `expressions.json`; written against docs/manifest.md, not against the program's own types.
struct ManifestView: Decodable, Sendable {
  struct Clip: Decodable, Sendable {
    struct Subtitles: Decodable, Sendable {
      var language: String
      var file: String
    }
    var file: String
    var durationS: Double
    var leadInS: Double
    var sourceStartS: Double
    var method: String
    var soundReason: String?
    var subtitles: [Subtitles]
    var captions: [Subtitles]
    var extracts: [Extract]?
    var poster: String?

    /// Everything of the clip, relative to the manifest.
    var files: [String] {
      [file] + (subtitles + captions).map(\.file) + (extracts ?? []).compactMap(\.file)
        + [poster].compactMap { $0 }
    }
  }
  struct Extract: Decodable, Sendable {
    var dictionaryForm: String
    var file: String?
    var failure: String?
    var startS: Double
    var durationS: Double
  }
  struct Reel: Decodable, Sendable {
    struct LeftOut: Decodable, Sendable {
      var file: String
      var reason: String
    }
    var file: String?
    var failure: String?
    var durationS: Double
    var sizeBytes: Int64
    var leftOut: [LeftOut]?
  }
  struct Cue: Decodable, Sendable {
    var number: Int
    var startS: Double
    var endS: Double
    var text: String
    var translation: String?
  }
  struct Expression: Decodable, Sendable {
    var phrase: String
    var dictionaryForm: String
    var meaning: String
    var level: String?
    var cues: [Int]
  }
  struct Group: Decodable, Sendable {
    var number: Int
    var state: String
    var clip: Clip?
    var failure: String?
    var cues: [Cue]
    var expressions: [Expression]
  }
  var groups: [Group]
  var pendingBatches: Int
  var reel: Reel?

  static func read(_ folder: FilePath) throws -> ManifestView {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = URL(fileURLWithPath: folder.appending("expressions.json").string)
    return try decoder.decode(ManifestView.self, from: Data(contentsOf: file))
  }

  /// Every expression stands in the cues that it names, by plain text search that knows nothing of the program's code.
  func expectExpressionsInTheirCues(sourceLocation: SourceLocation = #_sourceLocation) {
    for group in groups {
      #expect((1...3).contains(group.expressions.count), sourceLocation: sourceLocation)
      for expression in group.expressions {
        let text = group.cues.filter { expression.cues.contains($0.number) }.map(\.text)
          .joined(separator: " ")
        #expect(
          Self.letters(text).contains(Self.letters(expression.phrase)),
          "\(expression.phrase) in \(text)", sourceLocation: sourceLocation)
      }
    }
  }

  private static func letters(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

/// What ffprobe, as an independent judge, says of a clip.
struct ClipProbe: Sendable {
  var firstVideoTime: Double
  var firstIsKeyframe: Bool
  var firstAudioTime: Double?
  var duration: Double
  var subtitleTracks: Int
  var errors: String

  static func probe(_ file: FilePath) async throws -> ClipProbe {
    let packets = try await ffprobe(
      ["-show_entries", "packet=stream_index,codec_type,pts_time,flags"], file)
    let format = try await ffprobe(["-show_entries", "format=duration:stream=codec_type"], file)
    // Decoding all of it finds what a look at the packets does not.
    let decoded = try await Command.run(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", file.string, "-map", "0:v?", "-map", "0:a?", "-f", "null",
        "-",
      ])
    let all = packets.object["packets"] as? [[String: Any]] ?? []
    let video = all.first { $0["codec_type"] as? String == "video" } ?? [:]
    let audio = all.first { $0["codec_type"] as? String == "audio" }
    let streams = format.object["streams"] as? [[String: Any]] ?? []
    let container = format.object["format"] as? [String: Any] ?? [:]
    return ClipProbe(
      firstVideoTime: number(video["pts_time"]) ?? -1,
      firstIsKeyframe: (video["flags"] as? String)?.hasPrefix("K") == true,
      firstAudioTime: audio.flatMap { number($0["pts_time"]) },
      duration: number(container["duration"]) ?? -1,
      subtitleTracks: streams.count { $0["codec_type"] as? String == "subtitle" },
      errors: packets.errors + decoded.errors)
  }

  private static func number(_ value: Any?) -> Double? { (value as? String).flatMap(Double.init) }

  private static func ffprobe(
    _ arguments: [String], _ file: FilePath
  ) async throws -> (object: [String: Any], errors: String) {
    let result = try await Command.run(
      "ffprobe", ["-v", "error", "-of", "json"] + arguments + [file.string])
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (object as? [String: Any] ?? [:], result.errors)
  }
}

/// The promises that every published folder keeps.
func expectGoodClips(_ folder: FilePath, sourceLocation: SourceLocation = #_sourceLocation)
  async throws
{
  let manifest = try ManifestView.read(folder)
  manifest.expectExpressionsInTheirCues(sourceLocation: sourceLocation)
  try await ManifestSchema.check(folder, sourceLocation: sourceLocation)
  for group in manifest.groups {
    let clip = try #require(group.clip, "\(group.failure ?? "")", sourceLocation: sourceLocation)
    let probe = try await ClipProbe.probe(folder.appending(clip.file))
    #expect(probe.errors == "", sourceLocation: sourceLocation)
    #expect(probe.firstIsKeyframe, sourceLocation: sourceLocation)
    #expect(abs(probe.firstVideoTime) < 0.05, sourceLocation: sourceLocation)
    #expect(abs(probe.firstAudioTime ?? 0) < 0.08, sourceLocation: sourceLocation)
    #expect(probe.subtitleTracks == clip.captions.count, sourceLocation: sourceLocation)
    let last = group.cues.map(\.endS).max() ?? 0
    #expect(
      probe.duration >= last - 0.05, "the context ends within the clip",
      sourceLocation: sourceLocation)
    #expect(
      probe.duration <= last + 3, "and the clip ends soon after", sourceLocation: sourceLocation)
    #expect((group.cues.map(\.startS).min() ?? -1) >= 0, sourceLocation: sourceLocation)
    let extracts = try #require(clip.extracts, sourceLocation: sourceLocation)
    #expect(
      extracts.map(\.dictionaryForm) == group.expressions.map(\.dictionaryForm),
      sourceLocation: sourceLocation)
    for (extract, expression) in zip(extracts, group.expressions) {
      let file = try #require(
        extract.file, "\(extract.failure ?? "")", sourceLocation: sourceLocation)
      let sound = try await ClipProbe.probe(folder.pushing(FilePath(file)))
      #expect(sound.errors == "", sourceLocation: sourceLocation)
      // The whole of what is said, and no more than the clip.
      let cues = group.cues.filter { expression.cues.contains($0.number) }
      #expect(
        extract.startS <= (cues.map(\.startS).min() ?? 0) + 0.05, sourceLocation: sourceLocation)
      #expect(
        extract.startS + extract.durationS >= (cues.map(\.endS).max() ?? 0) - 0.05,
        sourceLocation: sourceLocation)
      #expect(abs(sound.duration - extract.durationS) < 0.1, sourceLocation: sourceLocation)
      #expect(extract.durationS <= clip.durationS + 0.1, sourceLocation: sourceLocation)
    }
    let poster = try #require(clip.poster, sourceLocation: sourceLocation)
    let picture = try Data(
      contentsOf: URL(fileURLWithPath: folder.pushing(FilePath(poster)).string))
    #expect(picture.starts(with: [0xFF, 0xD8]), "JPEG", sourceLocation: sourceLocation)
    let sidecar = try #require(clip.subtitles.first, sourceLocation: sourceLocation)
    let text = try String(contentsOfFile: folder.appending(sidecar.file).string, encoding: .utf8)
    for cue in group.cues {
      #expect(
        text.contains(cue.text.split(separator: "\n").first ?? ""), sourceLocation: sourceLocation)
    }
  }
}

/// The reel holds every clip that is there, one after the other.
func expectWholeReel(_ folder: FilePath, sourceLocation: SourceLocation = #_sourceLocation)
  async throws
{
  let manifest = try ManifestView.read(folder)
  let reel = try #require(manifest.reel, sourceLocation: sourceLocation)
  let file = folder.pushing(FilePath(try #require(reel.file, sourceLocation: sourceLocation)))
  #expect(
    file.lexicallyNormalized().removingLastComponent()
      == folder.removingLastComponent().removingLastComponent(), sourceLocation: sourceLocation)
  let probe = try await ClipProbe.probe(file)
  #expect(probe.errors == "", sourceLocation: sourceLocation)
  #expect(probe.firstIsKeyframe && abs(probe.firstVideoTime) < 0.05, sourceLocation: sourceLocation)
  let clips = manifest.groups.filter { $0.state == "published" }.compactMap(\.clip)
  #expect(reel.leftOut?.isEmpty != false, sourceLocation: sourceLocation)
  let sum = clips.map(\.durationS).reduce(0, +)
  #expect(abs(probe.duration - sum) < 0.1 * Double(clips.count), sourceLocation: sourceLocation)
  let chapters = try await Command.run(
    "ffprobe", ["-v", "error", "-show_chapters", "-of", "compact", file.string])
  let titles = chapters.output.split(separator: "\n")
  #expect(titles.count == clips.count, sourceLocation: sourceLocation)
  for (title, group) in zip(titles, manifest.groups.filter { $0.state == "published" }) {
    for expression in group.expressions {
      #expect(title.contains(expression.dictionaryForm), sourceLocation: sourceLocation)
    }
  }
}

/// docs/manifest.schema.json, by Debian's python3-jsonschema.
enum ManifestSchema {
  private static let program = "/usr/bin/python3"
  private static let script = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))
    """

  static func check(_ folder: FilePath, sourceLocation: SourceLocation) async throws {
    let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/manifest.schema.json").standardized.path
    let result = try await Command.run(
      program, ["-c", script, schema, folder.appending("expressions.json").string])
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
  }
}
