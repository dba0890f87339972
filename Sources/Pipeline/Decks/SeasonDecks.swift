import Anki
import Expressions
import Foundation
import Logging
import Publishing
import Settings
import SystemPackage

/// Keeps one Anki deck for each season folder: `Anki.apkg` beside the episodes' clips.
///
/// A deck that can't be written holds up no clip: it is told of, and tried again with the next episode.
struct SeasonDecks: Sendable {
  static let fileName: FilePath.Component = "Anki.apkg"

  let kind: DeckKind
  /// Its own: a season's media are read and written again, which no other step should wait for.
  private let queue = BlockingQueue(label: "langflix.decks")

  init(kind: DeckKind) { self.kind = kind }

  /// Brings the deck up to date with what is published in the folder that holds an episode's clips; where nothing is, it
  /// goes.
  func update(besides folder: ClipFolder, logger: Logger) async {
    guard kind != .none else { return }
    let shelf = folder.path.removingLastComponent()
    do {
      let isNew = try await queue.run { [kind] in
        let file = shelf.appending(Self.fileName)
        let episodes = PublishedEpisode.all(in: shelf)
        let notes = episodes.flatMap { episode in
          AnkiNote.notes(of: episode, hint: Self.hint(of: episode), withClips: kind == .clips)
        }
        guard let first = episodes.first, !notes.isEmpty else {
          try AnkiPackage.remove(at: file)
          return false
        }
        let isNew = try AnkiPackage(deck: Self.deck(of: first), notes: notes)
          .write(to: file, now: Int64(Date.now.timeIntervalSince1970))
        if isNew { ClipFolder.followFolder(file) }
        return isNew
      }
      if isNew { logger.debug("deck written", metadata: ["folder": "\(shelf)"]) }
    } catch {
      logger.warning("no Anki deck", metadata: ["folder": "\(shelf)", "reason": "\(error)"])
    }
  }

  static func hint(of episode: PublishedEpisode) -> EpisodeHint {
    let name = FilePath.Component(episode.manifest.episode.file)
    return EpisodeHint(path: name.map(episode.season.appending) ?? episode.season)
  }

  private static func deck(of episode: PublishedEpisode) -> String {
    let name = hint(of: episode).show ?? episode.season.lastComponent?.string ?? "Episodes"
    return "langflix::" + name.replacing("::", with: ": ")
  }
}
