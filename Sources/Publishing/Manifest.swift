/// `expressions.json` beside the clips: what was made, from what, by what. `docs/manifest.md` documents it.
package struct Manifest: Sendable, Codable, Equatable {
  package static let fileName = "expressions.json"
  package static let currentSchema = 1

  package struct Generator: Sendable, Codable, Equatable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }
  package struct Source: Sendable, Codable, Equatable {
    package var name: String
    package var file: String
    package var fingerprint: String
    package var sizeBytes: Int64
    package var durationS: Double
    package var subtitles: [SourceSubtitles]

    package init(
      name: String, file: String, fingerprint: String, sizeBytes: Int64, durationS: Double,
      subtitles: [SourceSubtitles]
    ) {
      self.name = name
      self.file = file
      self.fingerprint = fingerprint
      self.sizeBytes = sizeBytes
      self.durationS = durationS
      self.subtitles = subtitles
    }
  }
  package struct SourceSubtitles: Sendable, Codable, Equatable {
    package var language: String
    package var origin: String

    package init(language: String, origin: String) {
      self.language = language
      self.origin = origin
    }
  }
  package struct Languages: Sendable, Codable, Equatable {
    package var source: String
    package var target: String?

    package init(source: String, target: String?) {
      self.source = source
      self.target = target
    }
  }
  package struct Clip: Sendable, Codable, Equatable {
    package var file: String
    package var container: String
    package var durationS: Double
    package var sizeBytes: Int64
    /// Where the clip starts in the episode.
    package var sourceStartS: Double
    /// Shown before the context because of the keyframe.
    package var leadInS: Double
    /// "copy" or "encode".
    package var method: String
    package var methodReason: String?
    /// Why its sound was encoded though its pictures were copied.
    package var soundReason: String?
    /// SubRip, for players.
    package var subtitles: [ClipSubtitlesFile]
    /// WebVTT, for pages.
    package var captions: [ClipSubtitlesFile]
    /// Nil where none were asked for, and in manifests from before there were any.
    package var extracts: [Extract]?
    /// A picture of it, JPEG; nil where none was asked for or could be made.
    package var poster: String?

    package init(
      file: String, container: String, durationS: Double, sizeBytes: Int64, sourceStartS: Double,
      leadInS: Double, method: String, methodReason: String?, soundReason: String? = nil,
      subtitles: [ClipSubtitlesFile], captions: [ClipSubtitlesFile], extracts: [Extract]? = nil,
      poster: String? = nil
    ) {
      self.file = file
      self.container = container
      self.durationS = durationS
      self.sizeBytes = sizeBytes
      self.sourceStartS = sourceStartS
      self.leadInS = leadInS
      self.method = method
      self.methodReason = methodReason
      self.soundReason = soundReason
      self.subtitles = subtitles
      self.captions = captions
      self.extracts = extracts
      self.poster = poster
    }

    /// All of its files, relative to the folder.
    package var files: [String] { [file] + companions }
    /// All but the clip itself.
    package var companions: [String] {
      (subtitles + captions).map(\.file) + (extracts ?? []).compactMap(\.file)
        + [poster].compactMap { $0 }
    }
  }
  /// One expression's sentence alone.
  package struct Extract: Sendable, Codable, Equatable {
    package var dictionaryForm: String
    /// Nil where it could not be made.
    package var file: String?
    package var failure: String?
    /// On the clip's clock.
    package var startS: Double
    package var durationS: Double

    package init(
      dictionaryForm: String, file: String?, failure: String?, startS: Double, durationS: Double
    ) {
      self.dictionaryForm = dictionaryForm
      self.file = file
      self.failure = failure
      self.startS = startS
      self.durationS = durationS
    }
  }
  /// All clips in one file.
  package struct Reel: Sendable, Codable, Equatable {
    package struct LeftOut: Sendable, Codable, Equatable {
      /// The clip's file.
      package var file: String
      package var reason: String

      package init(file: String, reason: String) {
        self.file = file
        self.reason = reason
      }
    }

    /// Relative to the manifest; nil where it could not be made.
    package var file: String?
    package var failure: String?
    package var durationS: Double
    package var sizeBytes: Int64
    package var leftOut: [LeftOut]

    package init(
      file: String?, failure: String? = nil, durationS: Double, sizeBytes: Int64,
      leftOut: [LeftOut] = []
    ) {
      self.file = file
      self.failure = failure
      self.durationS = durationS
      self.sizeBytes = sizeBytes
      self.leftOut = leftOut
    }
  }
  package struct ClipSubtitlesFile: Sendable, Codable, Equatable {
    /// "mul" for both languages in one.
    package var language: String
    package var file: String

    package init(language: String, file: String) {
      self.language = language
      self.file = file
    }
  }
  package struct ContextEntry: Sendable, Codable, Equatable {
    package var firstCue: Int
    package var lastCue: Int
    package var startS: Double
    package var endS: Double
  }
  package struct CueEntry: Sendable, Codable, Equatable {
    package var number: Int
    /// On the clip's clock.
    package var startS: Double
    package var endS: Double
    package var text: String
    package var speaker: String?
    package var translation: String?
  }
  package struct ExpressionEntry: Sendable, Codable, Equatable {
    package struct Span: Sendable, Codable, Equatable {
      package var cue: Int
      /// In the cue's text, in UTF-16 code units.
      package var start: Int
      package var end: Int
      package var text: String
    }
    package var phrase: String
    package var dictionaryForm: String
    package var partOfSpeech: String
    package var meaning: String
    package var examples: [String]
    package var usefulness: Double
    /// What only some extractors know; each may be missing.
    package var translation: String?
    package var literalMeaning: String?
    package var register: String?
    package var level: String?
    package var similar: [String]
    package var usageNote: String?
    package var cues: [Int]
    package var spans: [Span]
    package var wasMended: Bool
    /// Why it was chosen.
    package var score: ScoreEntry?
  }
  package struct GroupEntry: Sendable, Codable, Equatable {
    /// Its place among the groups that there are by now, from 1.
    package var number: Int
    /// "published", "failed", "pending", "hidden" or "known".
    package var state: String
    package var clip: Clip?
    /// Of one that a person deleted or knows: as it was.
    package var formerClip: Clip?
    /// Why there is no clip.
    package var failure: String?
    package var context: ContextEntry
    package var cues: [CueEntry]
    package var expressions: [ExpressionEntry]
    package var alsoHere: [ExpressionEntry]
  }

  package var schema: Int
  package var generator: Generator
  package var extractor: Generator
  package var madeAt: String
  package var episode: Source
  package var languages: Languages
  package var groups: [GroupEntry]
  /// Candidates that did not occur where they were said to, by reason.
  package var dropped: [String: Int]
  package var failedBatches: Int
  /// Batches that are still with the extractor: more clips may come.
  package var pendingBatches: Int
  /// Nil while clips are still to come, and where none is wanted.
  package var reel: Reel?
  /// The expressions up to this cue are decided; nil in manifests from before it was told.
  package var decidedThroughCue: Int?
  /// The whole dialogue as it was asked; nil in manifests from before it was told.
  package var batches: [BatchEntry]?
}
