import Anki
import Expressions
import Foundation
import Publishing
import Settings
import SystemPackage

/// `langflix anki export`: one deck of what is published in several folders.
package struct DeckExport: Sendable {
  /// Folders that are searched for clips.
  package var folders: [FilePath]
  /// Only episodes whose clips were made since then.
  package var since: Date?
  /// Only series whose name holds this.
  package var series: String?
  /// Only expressions of these levels.
  package var levels: LevelRange?
  package var withClips: Bool

  package struct Summary: Sendable, Encodable {
    package var file: String
    package var episodes: Int
    package var notes: Int
    package var isNew: Bool
  }

  package init(
    folders: [FilePath], since: Date?, series: String?, levels: LevelRange?, withClips: Bool
  ) {
    self.folders = folders
    self.since = since
    self.series = series
    self.levels = levels
    self.withClips = withClips
  }

  /// Writes the deck. Reads nothing but the published clips, so that it works beside a daemon and without one.
  package func write(to path: FilePath) async throws -> Summary {
    try await BlockingQueue(label: "langflix.decks").run {
      let episodes = Set(folders.flatMap(PublishedEpisode.shelves)).sorted { $0.string < $1.string }
        .flatMap(PublishedEpisode.all)
      var notes: [AnkiNote] = []
      var taken = 0
      for episode in episodes where isWanted(episode) {
        let added = AnkiNote.notes(
          of: episode, hint: SeasonDecks.hint(of: episode), withClips: withClips, where: isWanted)
        taken += added.isEmpty ? 0 : 1
        notes += added
      }
      let isNew =
        try !notes.isEmpty
        && AnkiPackage(deck: "langflix", notes: notes)
          .write(to: path, now: Int64(Date.now.timeIntervalSince1970))
      return Summary(file: path.string, episodes: taken, notes: notes.count, isNew: isNew)
    }
  }

  private func isWanted(_ episode: PublishedEpisode) -> Bool {
    if let since {
      guard let made = try? Date(episode.manifest.madeAt, strategy: .iso8601), made >= since else {
        return false
      }
    }
    guard let series else { return true }
    return SeasonDecks.hint(of: episode).series?.localizedCaseInsensitiveContains(series) ?? false
  }

  private func isWanted(_ expression: Manifest.ExpressionEntry) -> Bool {
    guard let levels else { return true }
    guard let level = expression.level.flatMap(LanguageLevel.init) else { return false }
    return levels.lowest <= level && level <= levels.highest
  }
}
