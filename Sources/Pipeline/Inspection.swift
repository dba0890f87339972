import Subtitles

/// What the program sees in a file.
package struct Inspection: Sendable, Codable, Equatable {
  package struct Charset: Sendable, Codable, Equatable {
    package var name: String
    /// "mark", "form", "statistics" or "forced".
    package var basis: String
    /// In percent.
    package var confidence: Int
  }

  package struct Language: Sendable, Codable, Equatable {
    /// ISO 639-1.
    package var code: String
    /// In percent.
    package var confidence: Int
  }

  package struct Line: Sendable, Codable, Equatable {
    package var number: Int
    package var startMs: Int64
    package var endMs: Int64
    package var text: String
    package var speaker: String?
  }

  /// The cues of one language of a source.
  package struct Track: Sendable, Codable, Equatable {
    /// What the file calls it, where it holds several.
    package var name: String?
    /// What the file says it is in.
    package var language: String?
    /// What its text reads like.
    package var guess: Language?
    package var cues: Int
    package var firstMs: Int64?
    package var lastMs: Int64?
  }

  /// A file or a track that subtitles may be read from.
  package struct Source: Sendable, Codable, Equatable {
    package var name: String
    /// What its name or its track says.
    package var language: String?
    package var isForced: Bool
    package var isHearingImpaired: Bool
    package var isCommentary: Bool
    package var format: String?
    package var charset: Charset?
    package var tracks: [Track]
    /// How many entries gave no cue, by reason.
    package var leftOut: [String: Int]
    /// Why nothing was read from it.
    package var problem: String?
  }

  package struct Sound: Sendable, Codable, Equatable {
    package var track: Int
    package var codec: String
    package var language: String?
    package var title: String?
  }

  package var path: String
  /// "video", "subtitles", or "none" for what can't be read.
  package var kind: String
  package var container: String?
  package var durationMs: Int64?
  package var sound: [Sound]
  package var sources: [Source]
  /// What the dialogue and its translation would be read from.
  package var source: String?
  package var target: String?
  /// The library that it lies in.
  package var library: String?
  /// The rule of names by which that library leaves it out.
  package var leftOutBy: String?
  /// Why it would not be taken, and what to do about that, judged by what is in it.
  package var problem: String?
  /// Why sources that might have done were left out, and why the file is not taken yet.
  package var notes: [String]
  /// Only where they were asked for: of a video, those of what would be taken as source.
  package var lines: [Line]?

  package var isTaken: Bool { problem == nil && leftOutBy == nil }

  init(path: String, kind: String) {
    self.path = path
    self.kind = kind
    sound = []
    sources = []
    notes = []
  }
}

extension Inspection.Track {
  init(_ track: SubtitleReader.Track) {
    name = track.name
    language = track.language
    guess = LanguageGuess.of(track.cues).map { .init(code: $0.language, confidence: $0.confidence) }
    cues = track.cues.count
    firstMs = track.cues.map(\.start).min()?.milliseconds
    lastMs = track.cues.map(\.end).max()?.milliseconds
  }
}

extension Inspection.Source {
  init(_ source: SubtitleSource) {
    name = source.description
    language = source.language
    isForced = source.isForced
    isHearingImpaired = source.isHearingImpaired
    isCommentary = source.isCommentary
    tracks = []
    leftOut = [:]
  }

  mutating func add(_ reading: SubtitleReader.Reading) {
    format = reading.format
    charset = reading.charset.map {
      .init(name: $0.name, basis: $0.basis.rawValue, confidence: $0.confidence)
    }
    tracks = reading.tracks.map(Inspection.Track.init)
    leftOut = Dictionary(
      uniqueKeysWithValues: reading.leftOut.counts.map { ($0.key.rawValue, $0.value) })
  }
}

extension Inspection.Line {
  init(_ cue: Cue) {
    number = cue.number
    startMs = cue.start.milliseconds
    endMs = cue.end.milliseconds
    text = cue.text
    speaker = cue.speaker
  }
}
