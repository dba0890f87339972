import Library
import Media
import Settings
import Subtitles
import SystemPackage

/// Reads the cues of one source.
struct SubtitleReader: Sendable {
  /// The cues of one language of a source.
  struct Track: Sendable {
    var cues: [Cue]
    /// What the file calls it, where it holds several.
    var name: String?
    /// What the file says it is in.
    var language: String?
  }

  struct Reading: Sendable {
    var tracks: [Track]
    var format: String
    var charset: CharsetDecision?
    var leftOut: LeftOut

    var detail: String { [format, charset?.description].compactMap { $0 }.joined(separator: ", ") }
  }

  let media: MediaWorkerClient
  let disk: BlockingQueue
  let settings: SubtitleSettings

  /// - Parameter language: what the text is expected to be in; a hint for the charset.
  /// - Throws: `SubtitleError`, `Errno`, `MediaFailure`.
  func read(_ source: SubtitleSource, of path: FilePath, language: String?) async throws -> Reading
  {
    switch source.place {
    case .file(let file):
      return try await read(file.path, language: source.language ?? language)
    case .track(let stream):
      let track = try await media.subtitleTrack(of: path, stream: stream.index)
      let (cues, leftOut) = EmbeddedSubtitles.read(
        codec: track.codec, packets: track.packets, styles: styles)
      return Reading(
        tracks: [Track(cues: cues)], format: "inside the file", charset: nil, leftOut: leftOut)
    }
  }

  /// - Throws: `SubtitleError`, `Errno`.
  func read(_ file: FilePath, language: String?) async throws -> Reading {
    let limit = Int(settings.maximumBytes)
    let options = SubtitleOptions(
      fileExtension: file.extension, language: language, charset: settings.charset,
      byteLimit: limit, styles: styles)
    let parsed = try await disk.run {
      try SubtitleParser.parse(try SmallFile.read(file, limit: limit), options)
    }
    return Reading(
      tracks: parsed.tracks.map { Track(cues: $0.cues, name: $0.name, language: $0.language) },
      format: parsed.format.rawValue, charset: parsed.charset, leftOut: parsed.leftOut)
  }

  private var styles: StyleRules {
    StyleRules(
      leftOut: StyleRules.usual + settings.leftOutStyles, dialogue: settings.dialogueStyles)
  }
}
