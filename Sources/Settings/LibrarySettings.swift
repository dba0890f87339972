import SystemPackage

/// A watched root folder with its languages and settings.
package struct LibrarySettings: Sendable, Equatable {
  /// The name it has in the configuration.
  package var name: String
  package var root: FilePath
  package var languages: LanguageSettings
  package var backlog: BacklogPolicy
  /// Patterns (`*`, `?` and `**`, without case) of which an episode, or a folder above it, has to match one; none means
  /// all.
  package var include: [String]
  /// Patterns of what is left out besides the built-in ones; one with a leading `!` takes back.
  package var exclude: [String]
  package var subtitles: SubtitleSettings
  /// What becomes of clips whose episode is deleted.
  package var onDelete = DeletionPolicy.keep
  /// So many bytes at most its clips and reels may take; 0 for any number.
  package var clipQuota: Int64 = 0
  /// So many bytes stay free on the file system that its clips go to; 0 for none.
  package var minFree: Int64 = 0

  package init(
    name: String, root: FilePath, languages: LanguageSettings = .init(),
    backlog: BacklogPolicy = .newest(3), include: [String] = [], exclude: [String] = [],
    subtitles: SubtitleSettings = .init()
  ) {
    self.name = name
    self.root = root
    self.languages = languages
    self.backlog = backlog
    self.include = include
    self.exclude = exclude
    self.subtitles = subtitles
  }
}

/// What becomes of an episode's clips when its file is deleted, or moved to where nothing is watched.
package enum DeletionPolicy: String, Sendable, CaseIterable {
  /// They stay where they are.
  case keep
  /// They go, too; what was found is remembered, so that they can be cut again.
  case remove
}

/// What is taken of the episodes that lay in a library before its first scan.
package enum BacklogPolicy: Sendable, Equatable, CustomStringConvertible {
  case none
  case newest(Int)
  case all

  /// Reads "none", "all" or "newest N".
  package init?(_ text: String) {
    let words = text.lowercased().split(separator: " ")
    switch (words.first, words.count) {
    case ("none", 1): self = .none
    case ("all", 1): self = .all
    case ("newest", 2):
      guard let count = Int(words[1]), count > 0 else { return nil }
      self = .newest(count)
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .none: "none"
    case .newest(let count): "newest \(count)"
    case .all: "all"
    }
  }

  /// How many of `found` episodes are taken.
  package func count(of found: Int) -> Int {
    switch self {
    case .none: 0
    case .newest(let count): min(count, found)
    case .all: found
    }
  }
}
