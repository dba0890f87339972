/// What is going on now, and how everything is.
package struct Overview: Sendable, Encodable {
  package var version: String
  /// Episodes by state; "gone" are those whose file is nowhere any more.
  package var counts: [String: Int]
  /// Episodes in work and in the queue, in the order in which they are taken; at most 100.
  package var queue: [EpisodeEntry]
  /// How many there are in work and in the queue.
  package var queued: Int
  /// What ended last, at most 10.
  package var finished: [EpisodeEntry]
  package var providers: [ProviderEntry]
  package var libraries: [LibraryEntry]
  package var backlog: BacklogEntry
  package var pause: PauseEntry

  package init(
    version: String, counts: [String: Int], queue: [EpisodeEntry], queued: Int,
    finished: [EpisodeEntry], providers: [ProviderEntry], libraries: [LibraryEntry],
    backlog: BacklogEntry, pause: PauseEntry
  ) {
    self.version = version
    self.counts = counts
    self.queue = queue
    self.queued = queued
    self.finished = finished
    self.providers = providers
    self.libraries = libraries
    self.backlog = backlog
    self.pause = pause
  }
}

/// What keeps work from going on; all nil while it does.
package struct PauseEntry: Sendable, Equatable, Encodable {
  /// Since when a person has stopped all work, in seconds since 1970.
  package var allSince: Double?
  /// The same for the backlog alone.
  package var backlogSince: Double?
  /// Why work stands still by itself, such as a full disk.
  package var reason: String?

  package init(allSince: Double? = nil, backlogSince: Double? = nil, reason: String? = nil) {
    self.allSince = allSince
    self.backlogSince = backlogSince
    self.reason = reason
  }
}

/// A provider, what it does, and what is left of its day.
package struct ProviderEntry: Sendable, Encodable {
  package var name: String
  /// What answers, with its version.
  package var identity: String
  package var inFlight: Int
  package var waiting: Int
  /// Requests that may be in flight now.
  package var limit: Int
  /// Why nothing is asked at the moment; nil when it is open.
  package var closed: String?
  package var requestsToday: Int
  package var requestsPerDay: Int?
  package var usdToday: Double
  package var usdPerDay: Double?
  package var inputTokensToday: Int
  package var outputTokensToday: Int
  /// The last 30 days.
  package var requestsThisMonth: Int
  package var usdThisMonth: Double
  /// Whether what it is asked for is counted: not for the lexicon, which is nobody's service.
  package var isCounted: Bool

  package init(
    name: String, identity: String, inFlight: Int, waiting: Int, limit: Int, closed: String?,
    requestsToday: Int, requestsPerDay: Int?, usdToday: Double, usdPerDay: Double?,
    inputTokensToday: Int, outputTokensToday: Int, requestsThisMonth: Int, usdThisMonth: Double,
    isCounted: Bool
  ) {
    self.name = name
    self.identity = identity
    self.inFlight = inFlight
    self.waiting = waiting
    self.limit = limit
    self.closed = closed
    self.requestsToday = requestsToday
    self.requestsPerDay = requestsPerDay
    self.usdToday = usdToday
    self.usdPerDay = usdPerDay
    self.inputTokensToday = inputTokensToday
    self.outputTokensToday = outputTokensToday
    self.requestsThisMonth = requestsThisMonth
    self.usdThisMonth = usdThisMonth
    self.isCounted = isCounted
  }
}

/// A library and how it is.
package struct LibraryEntry: Sendable, Encodable {
  package var name: String
  package var root: String
  package var isWatched: Bool
  package var folders: Int
  package var lastScanSeconds: Double?
  package var episodes: Int
  package var clips: Int
  /// What is wrong, with how to mend it.
  package var troubles: [String]

  package init(
    name: String, root: String, isWatched: Bool, folders: Int, lastScanSeconds: Double?,
    episodes: Int, clips: Int, troubles: [String]
  ) {
    self.name = name
    self.root = root
    self.isWatched = isWatched
    self.folders = folders
    self.lastScanSeconds = lastScanSeconds
    self.episodes = episodes
    self.clips = clips
    self.troubles = troubles
  }
}

/// What lay in the libraries before their first scan and was left alone.
package struct BacklogEntry: Sendable, Encodable {
  package var episodes: Int
  package var sourceBytes: Int64

  package init(episodes: Int, sourceBytes: Int64) {
    self.episodes = episodes
    self.sourceBytes = sourceBytes
  }
}
