import SystemPackage

/// Every key of the configuration, in the order in which it is documented and printed.
package enum SettingKeys {
  /// The keys at the top level, but `media`; each can also be set by its environment variable.
  package static let top = work + subtitles + clip + dashboard + notify + upkeep

  private static let work: [SettingKey<LangflixSettings>] = [
    .path(
      "state_folder", \.stateFolder,
      default: """
        first folder of `$STATE_DIRECTORY`, else `$XDG_STATE_HOME/langflix`, else \
        `~/.local/state/langflix`
        """,
      "Folder of the store, its lock and the control socket."),
    .choice(
      "state_on_network", \.stateOnNetwork,
      "Whether the store may lie on NFS, SMB or FUSE, where it may be damaged."),
    .language(
      "languages.source", \.languages.source,
      "Language of the dialogue, for libraries that name none and files outside of them."),
    .optionalLanguage(
      "languages.target", \.languages.target,
      "Language that you read; its subtitles go into the clips where they exist."),
    .level(
      "languages.level", \.languages.level,
      "The levels of the expressions that you want to meet."),
    .known(
      "languages.known", \.languages.known,
      "Expressions that you know already, besides those of the file `known.txt` in each library."),
    .backlog(
      "backlog", \.backlog, default: "`newest 3`",
      "What is taken of the backlog, for libraries that do not say it themselves."),
    .providers(
      "extraction.provider", \.extraction.providers,
      """
      What finds the expressions: the lexicon, offline and for English, or providers, each \
      asked when those before it can't be.
      """),
    .fallback(
      "extraction.fallback", \.extraction.fallsBackToLexicon,
      "What is asked when no provider can be."),
    .integer(
      "extraction.lead_in_cues", 0...40, \.extraction.leadInCues,
      "Lines before a batch that are sent along as context only."),
    .time(
      "extraction.late_after_minutes", in: .minutes, 0...1_440, \.extraction.lateAfter,
      "Clips wait no longer than this for a batch whose provider can't be asked; its own come later."
    ),
    .path(
      "lexicon.wordnet_folder", \.extraction.lexicon.folder,
      "Folder of WordNet's files (Debian's package wordnet-base)."),
    .integer(
      "lexicon.limit", 1...64, \.extraction.lexicon.limit,
      "Batches that the lexicon reads at once, over all episodes."),
    .integer(
      "lexicon.batch_cues", 10...400, \.extraction.lexicon.batchCues,
      "Subtitle lines that make one batch for the lexicon."),
    .integer(
      "lexicon.clips", 1...200, \.extraction.lexicon.clips,
      "Clips for 45 minutes of an episode, in place of `selection.clips`, where the lexicon is asked first."
    ),
    .integer(
      "selection.clips", 1...200, \.selection.clips,
      "Clips for 45 minutes of an episode; a short one has at least half as many."),
    .integer(
      "selection.expressions_per_clip", 1...3, \.selection.expressionsPerClip,
      "Most expressions in one clip."),
    .time(
      "selection.context_min_seconds", in: .seconds, 1...29, \.selection.contextMinimum,
      "A clip's dialogue grows to at least this length where the scene allows it."),
    .time(
      "selection.context_max_seconds", in: .seconds, 2...30, \.selection.contextMaximum,
      "Longest dialogue of one clip, more than the least length; only a longer sentence goes beyond it."
    ),
    .integer(
      "selection.merge_percent", 0...100, \.selection.mergePercent,
      "Clips that would share more than this much of their time become one."),
    .integer(
      "selection.repeat_after_episodes", 0...1_000, \.selection.repeatAfterEpisodes,
      "What one of so many latest episodes of the series gave is not chosen again; 0 for no such rule."
    ),
  ]

  private static let upkeep: [SettingKey<LangflixSettings>] = [
    .time(
      "watch.settle_seconds", in: .seconds, 0.05...3_600, \.watch.settle,
      "A file is taken when its size and time of change were equal twice, this far apart."),
    .time(
      "watch.scan_minutes", in: .minutes, 1...1_440, \.watch.scanInterval,
      "How often the libraries are scanned, whatever the kernel reported."),
    .time(
      "watch.poll_seconds", in: .seconds, 1...3_600, \.watch.pollInterval,
      "How often folders on network shares, and those without a watch, are looked at."),
    .time(
      "worker.time_limit_seconds", in: .seconds, 10...86_400, \.worker.timeLimit,
      "Longest that the media worker may work without a sign of progress."),
    .mebibytes(
      "worker.memory_mib", 256...65_536, \.worker.memoryLimit,
      "Address space of the media worker and of the encoder, each, in MiB; encoding 4K takes about 3000."
    ),
    .time(
      "health.stall_seconds", in: .seconds, 1...3_600, \.health.stallLimit,
      "How long a stage may give no sign of life before `langflix healthcheck` calls the daemon stalled."
    ),
    .choice("log.level", \.log.level, "How much is logged."),
    .choice(
      "log.format", \.log.format,
      "Auto is native fields where standard error is the journal of systemd, else plain text."),
    .time(
      "shutdown_seconds", in: .seconds, 1...600, \.shutdownLimit,
      "How long running work may take to finish after a stop was asked for."),
  ]

  /// The keys of one library, below `libraries.NAME`.
  package static let library = libraryWork + librarySubtitles

  private static let libraryWork: [SettingKey<LibrarySettings>] = [
    .path("path", \.root, default: "required", "The folder to watch."),
    .language(
      "languages.source", \.languages.source, default: "as `languages.source`",
      "Language of the dialogue."),
    .optionalLanguage(
      "languages.target", \.languages.target, default: "as `languages.target`",
      "Language that you read."),
    .level(
      "languages.level", \.languages.level, default: "as `languages.level`",
      "The levels of the expressions that you want to meet."),
    .known(
      "languages.known", \.languages.known, default: "as `languages.known`",
      "Expressions that you know already, in place of those of the top level."),
    .backlog(
      "backlog", \.backlog, default: "as `backlog`",
      "What is taken of the episodes that lay there before the first scan."),
    .patterns(
      "include", \.include,
      "Only episodes that one of these matches, or a folder above them; none means all."),
    .patterns(
      "exclude", \.exclude,
      "Folders and files that are left out besides samples, trailers and extras; `!` takes back."),
    .choice(
      "on_delete", \.onDelete,
      "What becomes of the clips of an episode that is deleted or moved into a recycle bin."),
    .mebibytes(
      "clip_quota_mib", 0...1_073_741_824, \.clipQuota,
      "So many MiB at most its clips and reels may take; cutting waits beyond it. 0: no limit."),
    .mebibytes(
      "min_free_mib", 0...1_073_741_824, \.minFree,
      "So many MiB stay free on the file system that its clips go to; cutting waits. 0: none."),
  ]

  /// Short for the path of one library with this name.
  package static let media = SettingKey<LibrarySettings>.path(
    mediaName, \.root, default: "not set",
    "Short for `libraries.media.path`: the folder of one library named `media`.")

  package static let mediaName = "media"

  /// What became of keys that had another name once.
  package static let moved = [
    "extraction.limit": "lexicon.limit, and providers.NAME.limit for each provider",
    "extraction.batch_cues":
      "lexicon.batch_cues, and providers.NAME.batch_cues for each provider",
  ]

  /// The same for keys of one library.
  package static let movedInLibrary = ["ignore": "exclude"]

  /// The variable of a key at the top level, by its dotted name.
  package static func environmentName(_ name: String) -> String {
    "LANGFLIX_" + String(name.uppercased().map { $0 == "." ? "_" : $0 })
  }

  /// Whether a library or a provider may have this name; it becomes part of keys, logs and
  /// addresses.
  package static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }
}
