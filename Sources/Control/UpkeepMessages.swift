/// What is stopped, and why.
package struct PauseReport: Sendable, Codable, Equatable {
  /// Since when a person has stopped all work, in seconds since 1970.
  package var allSince: Double?
  /// The same for the backlog alone.
  package var backlogSince: Double?
  /// Why nothing is done though nobody has stopped it, such as a full disk; it goes on by itself.
  package var reason: String?

  package var isEmpty: Bool { allSince == nil && backlogSince == nil && reason == nil }

  package init(allSince: Double? = nil, backlogSince: Double? = nil, reason: String? = nil) {
    self.allSince = allSince
    self.backlogSince = backlogSince
    self.reason = reason
  }
}

/// What is to be done once more for some episodes.
package struct AgainRequest: Sendable, Codable, Equatable {
  package enum Action: String, Sendable, Codable {
    /// Failed and waiting ones, and the failed batches of done ones.
    case retry
    /// Failed ones alone.
    case retryFailed
    /// The clips of done ones are cut anew.
    case recut
  }

  package var action: Action
  /// None for all.
  package var episodes: [EpisodeChoice]

  package init(_ action: Action, episodes: [EpisodeChoice]) {
    self.action = action
    self.episodes = episodes
  }
}

/// What became of an episode that was to be forgotten.
package struct ForgetReport: Sendable, Codable, Equatable {
  package var id: Int64
  package var name: String
  /// Whether its file is there: then it is left alone until somebody asks for it.
  package var isThere: Bool
  /// Where its clips lie, which are not removed.
  package var folder: String?

  package init(id: Int64, name: String, isThere: Bool, folder: String?) {
    self.id = id
    self.name = name
    self.isThere = isThere
    self.folder = folder
  }
}

/// What `langflix db` asks.
package enum DatabaseRequest: Sendable, Codable, Equatable {
  case check
  /// - Parameter target: raw path bytes in base64; nil for the folder of backups.
  case backup(target: String?)
  case list
  /// - Parameter backup: raw path bytes in base64; nil for the newest that is whole.
  case restore(backup: String?)
}

/// The reply to it; only what was asked for is filled in.
package struct DatabaseReport: Sendable, Codable, Equatable {
  package struct Backup: Sendable, Codable, Equatable {
    package var file: String
    /// "nightly", "upgrade" or "manual".
    package var kind: String
    package var bytes: Int64
    package var madeAt: Double

    package init(file: String, kind: String, bytes: Int64, madeAt: Double) {
      self.file = file
      self.kind = kind
      self.bytes = bytes
      self.madeAt = madeAt
    }
  }

  package var file: String
  package var problems: [String]
  package var bytes: Int64
  package var episodes: Int
  package var answers: Int
  /// The newest first.
  package var backups: [Backup]
  /// The backup that takes the store's place when the daemon starts next.
  package var restored: String?

  package init(
    file: String = "", problems: [String] = [], bytes: Int64 = 0, episodes: Int = 0,
    answers: Int = 0, backups: [Backup] = [], restored: String? = nil
  ) {
    self.file = file
    self.problems = problems
    self.bytes = bytes
    self.episodes = episodes
    self.answers = answers
    self.backups = backups
    self.restored = restored
  }
}
