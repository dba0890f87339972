import SystemPackage

/// Everything that configuration decides, checked and complete: one value for each program run.
package struct LangflixSettings: Sendable, Equatable {
  /// Where the store, its lock and the control socket live.
  package var stateFolder: FilePath
  /// Whether the store may lie on a file system that is not of this machine.
  package var stateOnNetwork: RemotePolicy
  /// The watched folders, in the order of their names.
  package var libraries: [LibrarySettings]
  package var extraction: ExtractionSettings
  package var selection: SelectionSettings
  package var subtitles: SubtitleSettings
  package var clip: ClipSettings
  package var watch: WatchSettings
  package var worker: WorkerSettings
  package var log: LogSettings
  package var health: HealthSettings
  /// How long running work may take to finish after a stop was asked for.
  package var shutdownLimit: Duration
  /// What `process` uses for a file outside every library.
  package var languages: LanguageSettings
  /// What is taken of the backlog of libraries that do not say it themselves.
  package var backlog: BacklogPolicy
  package var dashboard: DashboardSettings
  package var notify: NotifySettings
  package var jellyfin: MediaServerSettings
  package var plex: MediaServerSettings

  package init(
    stateFolder: FilePath, stateOnNetwork: RemotePolicy = .refuse,
    libraries: [LibrarySettings] = [],
    extraction: ExtractionSettings = .init(), selection: SelectionSettings = .init(),
    subtitles: SubtitleSettings = .init(), clip: ClipSettings = .init(),
    watch: WatchSettings = .init(), worker: WorkerSettings = .init(), log: LogSettings = .init(),
    shutdownLimit: Duration = .seconds(30), languages: LanguageSettings = .init(),
    backlog: BacklogPolicy = .newest(3), health: HealthSettings = .init(),
    dashboard: DashboardSettings = .init(), notify: NotifySettings = .init(),
    jellyfin: MediaServerSettings = .init(), plex: MediaServerSettings = .init()
  ) {
    self.stateFolder = stateFolder
    self.stateOnNetwork = stateOnNetwork
    self.libraries = libraries
    self.extraction = extraction
    self.selection = selection
    self.subtitles = subtitles
    self.clip = clip
    self.watch = watch
    self.worker = worker
    self.log = log
    self.health = health
    self.shutdownLimit = shutdownLimit
    self.languages = languages
    self.backlog = backlog
    self.dashboard = dashboard
    self.notify = notify
    self.jellyfin = jellyfin
    self.plex = plex
  }

  /// The library that a path lies in, if any; the deepest root wins.
  package func library(containing path: FilePath) -> LibrarySettings? {
    libraries.filter { path.starts(with: $0.root) }
      .max { $0.root.components.count < $1.root.components.count }
  }
}

/// What is done with a network file system where a local one is wanted.
package enum RemotePolicy: String, Sendable, Hashable, CaseIterable { case refuse, allow }

package struct LanguageSettings: Sendable, Equatable {
  /// Language of the dialogue, BCP 47 primary subtag.
  package var source: String
  /// Language that the learner reads, if one is set.
  package var target: String?
  /// The levels that the learner works at in the language of the dialogue.
  package var level: LevelSetting
  /// Expressions that the learner knows already.
  package var known: [String]

  package init(
    source: String = "en", target: String? = nil, level: LevelSetting = .intermediate,
    known: [String] = []
  ) {
    self.source = source
    self.target = target
    self.level = level
    self.known = known
  }
}

package struct SelectionSettings: Sendable, Equatable {
  /// Clips for 45 minutes of an episode.
  package var clips: Int
  /// Most expressions in one clip.
  package var expressionsPerClip: Int
  /// A context grows to at least this length where the dialogue allows it.
  package var contextMinimum: Duration
  package var contextMaximum: Duration
  /// Contexts that share more than this much of the shorter one become one clip, in percent.
  package var mergePercent: Int
  /// A phrase that one of so many latest episodes of the series gave is not chosen again; 0 for no such rule.
  package var repeatAfterEpisodes: Int

  package init(
    clips: Int = 12, expressionsPerClip: Int = 3, contextMinimum: Duration = .seconds(6),
    contextMaximum: Duration = .seconds(20), mergePercent: Int = 30, repeatAfterEpisodes: Int = 10
  ) {
    self.clips = clips
    self.expressionsPerClip = expressionsPerClip
    self.contextMinimum = contextMinimum
    self.contextMaximum = contextMaximum
    self.mergePercent = mergePercent
    self.repeatAfterEpisodes = repeatAfterEpisodes
  }
}

package struct WatchSettings: Sendable, Equatable {
  /// A file is taken when its size and time of change are equal twice, this far apart.
  package var settle: Duration
  /// How often the libraries are scanned, whatever inotify said.
  package var scanInterval: Duration
  /// How often folders are looked at of which events do not tell all.
  package var pollInterval: Duration

  package init(
    settle: Duration = .seconds(10), scanInterval: Duration = .seconds(1_800),
    pollInterval: Duration = .seconds(60)
  ) {
    self.settle = settle
    self.scanInterval = scanInterval
    self.pollInterval = pollInterval
  }
}

package struct WorkerSettings: Sendable, Equatable {
  /// Wall-clock limit for one step of one episode in the media worker.
  package var timeLimit: Duration
  /// Address space that the media worker may use, in bytes.
  package var memoryLimit: Int64

  package init(timeLimit: Duration = .seconds(900), memoryLimit: Int64 = 4 << 30) {
    self.timeLimit = timeLimit
    self.memoryLimit = memoryLimit
  }
}

package struct LogSettings: Sendable, Equatable {
  package enum Level: String, Sendable, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
  }
  /// `auto` means native fields where standard error is systemd's journal, else text for people; a service whose output
  /// goes elsewhere writes `<N>` priorities.
  package enum Format: String, Sendable, CaseIterable { case auto, human, json }
  package var level: Level
  package var format: Format

  package init(level: Level = .info, format: Format = .auto) {
    self.level = level
    self.format = format
  }
}
