import SystemPackage

/// What a file is to a library, judged by its name alone.
package enum FileKind: Sendable, Hashable {
  case episode
  case subtitles
}

/// What a folder is entered for.
package enum FolderUse: Sendable, Hashable {
  case everything
  /// `Subs` and the like: a video in there is never an episode.
  case subtitlesOnly
}
