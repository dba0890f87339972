/// One episode in a list.
package struct EpisodeEntry: Sendable, Encodable {
  package var id: Int64
  package var name: String
  package var library: String
  package var state: String
  package var origin: String
  package var reason: String?
  /// What is being done with it right now, in words, and how far it is, 0 to 1.
  package var doing: String?
  package var fraction: Double?
  package var batchesDone: Int
  package var batchesFailed: Int
  package var batches: Int
  package var clips: Int
  package var clipsFailed: Int
  package var attempts: Int
  /// When it is tried again, and when it changed last, in seconds since 1970.
  package var nextAttemptAt: Double?
  package var updatedAt: Double

  package init(
    id: Int64, name: String, library: String, state: String, origin: String, reason: String?,
    doing: String?, fraction: Double?, batchesDone: Int, batchesFailed: Int, batches: Int,
    clips: Int, clipsFailed: Int, attempts: Int, nextAttemptAt: Double?, updatedAt: Double
  ) {
    self.id = id
    self.name = name
    self.library = library
    self.state = state
    self.origin = origin
    self.reason = reason
    self.doing = doing
    self.fraction = fraction
    self.batchesDone = batchesDone
    self.batchesFailed = batchesFailed
    self.batches = batches
    self.clips = clips
    self.clipsFailed = clipsFailed
    self.attempts = attempts
    self.nextAttemptAt = nextAttemptAt
    self.updatedAt = updatedAt
  }
}

/// Which episodes are wanted; the latest change first.
package struct EpisodeQuery: Sendable, Equatable {
  /// What `state` may be, "gone" among them.
  package static let states = [
    "probing", "transcribing", "extracting", "grouping", "cutting", "settling", "needs_subtitles",
    "needs_provider", "done", "failed", "left_alone", "gone",
  ]
  package var state: String?
  package var library: String?
  /// A part of the file's path.
  package var text: String?
  package var range: PageRange

  package init(
    state: String? = nil, library: String? = nil, text: String? = nil,
    range: PageRange = PageRange()
  ) {
    self.state = state
    self.library = library
    self.text = text
    self.range = range
  }
}

/// One episode with its clips.
package struct EpisodeDetail: Sendable, Encodable {
  package var episode: EpisodeEntry
  package var path: String
  package var folder: String?
  /// The folder's own name, by which addresses name it.
  package var folderName: String?
  package var sizeBytes: Int64
  package var clips: [ClipEntry]
  /// Of its failed attempts, the oldest first.
  package var incidents: [HistoryEntry]
  /// Whether its pages lie beside its clips.
  package var hasGallery: Bool

  package init(
    episode: EpisodeEntry, path: String, folder: String?, folderName: String?, sizeBytes: Int64,
    clips: [ClipEntry],
    incidents: [HistoryEntry], hasGallery: Bool
  ) {
    self.episode = episode
    self.path = path
    self.folder = folder
    self.folderName = folderName
    self.sizeBytes = sizeBytes
    self.clips = clips
    self.incidents = incidents
    self.hasGallery = hasGallery
  }
}

/// One clip of an episode.
package struct ClipEntry: Sendable, Encodable {
  package var number: Int
  /// "published", "failed", "pending", "hidden" or "known".
  package var state: String
  /// As the manifest calls it; nil where there is none.
  package var file: String?
  /// Of its WebVTT captions, both languages where there are two.
  package var captions: String?
  package var reason: String?
  package var durationSeconds: Double?
  package var expressions: [ExpressionEntry]

  package init(
    number: Int, state: String, file: String?, captions: String?, reason: String?,
    durationSeconds: Double?, expressions: [ExpressionEntry]
  ) {
    self.number = number
    self.state = state
    self.file = file
    self.captions = captions
    self.reason = reason
    self.durationSeconds = durationSeconds
    self.expressions = expressions
  }
}
