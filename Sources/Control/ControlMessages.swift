/// What the command line asks the daemon.
package enum ControlRequest: Sendable, Codable, Equatable {
  case status
  /// Answered at once, also when a stage is stuck.
  case health
  /// Files to process, as raw path bytes in base64; names need not be UTF-8.
  case process(files: [String])
  case retry(RetrySelection)
  /// Has clips made again that a person deleted.
  case restore(RestoreRequest)
  /// Has done episodes asked anew; without `isConfirmed` only what it would take is told.
  /// - Parameter episodes: none for all that are done or have failed.
  case reask(episodes: [EpisodeChoice], isConfirmed: Bool)
  case again(AgainRequest)
  /// What episodes would take; nothing is asked and nothing is changed.
  case estimate(EstimateRequest)
  /// Has everything forgotten that is known of episodes; their files and clips stay.
  case forget([EpisodeChoice])
  /// Stops all work, or the backlog alone, until it is resumed.
  case pause(backlogOnly: Bool)
  case resume
  case database(DatabaseRequest)
  case answers(AnswersRequest)
  /// Why an episode has the clips that it has.
  case explain(EpisodeChoice)
  /// One real small request to each configured provider.
  case checkProviders
  /// A test message to everybody who is told, a question to each media server.
  case testReceivers
  /// Reads the configuration anew.
  case reload

  /// Whether it takes reading and writing rows alone, so that an answer that is long in coming tells of a part that is
  /// stuck.
  package var isQuick: Bool {
    switch self {
    case .status, .health, .retry, .restore, .again, .forget, .pause, .resume, .explain: true
    case .process, .reask, .estimate, .database, .answers, .checkProviders, .testReceivers, .reload:
      false
    }
  }
}

/// What a retry is for.
package enum RetrySelection: Sendable, Codable, Equatable {
  /// Every failed or waiting episode.
  case all
  /// One episode, by number.
  case episode(Int64)
  /// The newest of the backlog that was left alone.
  case backlog(newest: Int)
}

/// What the daemon answers: any number of `progress`, then one of the others.
package enum ControlReply: Sendable, Codable, Equatable {
  case progress(ProgressReport)
  case status(StatusReport)
  case health(HealthReport)
  case processed([EpisodeReport])
  case retried(Int)
  /// How many clips come back.
  case restored(Int)
  case forgotten([ForgetReport])
  case paused(PauseReport)
  case database(DatabaseReport)
  case reaskPlan(ReaskReport)
  case estimated(EstimateReport)
  case answers(AnswersReport)
  case explained(ExplainReport)
  case checked([ProviderCheckResult])
  case testedReceivers([ReceiverCheckResult])
  case reloaded(ReloadReport)
  case failure(String)
}

/// How far one file has come.
package struct ProgressReport: Sendable, Codable, Equatable {
  package var file: String
  package var state: String
  /// What is being done, in words.
  package var text: String
  /// 0 to 1.
  package var fraction: Double

  package init(file: String, state: String, text: String, fraction: Double) {
    self.file = file
    self.state = state
    self.text = text
    self.fraction = fraction
  }
}

/// One episode, as `status` shows it.
package struct EpisodeReport: Sendable, Codable, Equatable {
  package struct Batches: Sendable, Codable, Equatable {
    package var done: Int
    package var failed: Int
    package var total: Int

    package init(done: Int, failed: Int, total: Int) {
      self.done = done
      self.failed = failed
      self.total = total
    }
  }
  package var id: Int64
  package var name: String
  package var path: String
  package var library: String
  package var origin: String
  package var state: String
  package var reason: String?
  package var attempts: Int
  /// Seconds since 1970, when the next attempt is postponed.
  package var nextAttemptAt: Double?
  package var batches: Batches
  package var clips: Int
  package var clipsFailed: Int
  /// Where the clips are.
  package var folder: String?
  /// Other places of the same file, such as hard links and copies.
  package var otherPaths: [String] = []

  package init(
    id: Int64, name: String, path: String, library: String, origin: String, state: String,
    reason: String?, attempts: Int, nextAttemptAt: Double?, batches: Batches, clips: Int,
    clipsFailed: Int, folder: String?
  ) {
    self.id = id
    self.name = name
    self.path = path
    self.library = library
    self.origin = origin
    self.state = state
    self.reason = reason
    self.attempts = attempts
    self.nextAttemptAt = nextAttemptAt
    self.batches = batches
    self.clips = clips
    self.clipsFailed = clipsFailed
    self.folder = folder
  }
}

/// What is queued, running, done and failed.
package struct StatusReport: Sendable, Codable, Equatable {
  package struct LibraryReport: Sendable, Codable, Equatable {
    package var name: String
    package var root: String
    /// True once every folder is watched and was listed.
    package var isWatched: Bool
    package var folders: Int
    /// What is wrong with it, with how to mend it.
    package var troubles: [String]
    /// What is worth knowing about it, and in order.
    package var notes: [String]

    package init(
      name: String, root: String, isWatched: Bool, folders: Int, troubles: [String],
      notes: [String] = []
    ) {
      self.name = name
      self.root = root
      self.isWatched = isWatched
      self.folders = folders
      self.troubles = troubles
      self.notes = notes
    }
  }
  /// Backlog that was left alone, and what it would take.
  package struct BacklogReport: Sendable, Codable, Equatable {
    package var episodes: Int
    package var sourceBytes: Int64
    package var requests: Int
    package var costUsd: Double
    package var days: Int
    package var clipBytes: Int64

    package init(
      episodes: Int, sourceBytes: Int64, requests: Int, costUsd: Double, days: Int,
      clipBytes: Int64
    ) {
      self.episodes = episodes
      self.sourceBytes = sourceBytes
      self.requests = requests
      self.costUsd = costUsd
      self.days = days
      self.clipBytes = clipBytes
    }
  }
  package var version: String
  package var isRunning: Bool
  package var provider: String
  package var providers: [ProviderReport]
  /// Episodes by state.
  package var counts: [String: Int]
  package var libraries: [LibraryReport]
  package var backlog: BacklogReport
  package var episodes: [EpisodeReport]
  /// Where a browser on this machine finds the dashboard; nil where there is none.
  package var dashboard: String?
  /// Nil while work goes on.
  package var pause: PauseReport?

  package init(
    version: String, isRunning: Bool, provider: String, providers: [ProviderReport],
    counts: [String: Int],
    libraries: [LibraryReport], backlog: BacklogReport, episodes: [EpisodeReport],
    dashboard: String? = nil, pause: PauseReport? = nil
  ) {
    self.version = version
    self.isRunning = isRunning
    self.provider = provider
    self.providers = providers
    self.counts = counts
    self.libraries = libraries
    self.backlog = backlog
    self.episodes = episodes
    self.dashboard = dashboard
    self.pause = pause
  }
}
