import Anki
import Expressions
import Foundation
import Glibc
import Library
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
    await update(folder.path.removingLastComponent(), logger)
  }

  /// Brings decks up to date that a kill left behind their manifests: those that are missing, or older than one.
  /// - Parameter folders: of episodes' clips.
  func catchUp(with folders: [FilePath], logger: Logger) async {
    guard kind != .none else { return }
    for (shelf, sets) in Dictionary(grouping: folders, by: { $0.removingLastComponent() })
      .sorted(by: { $0.key.string < $1.key.string })
    {
      let isBehind = try? await queue.run { Self.isBehind(sets, in: shelf) }
      guard !Task.isCancelled else { return }
      if isBehind == true { await update(shelf, logger) }
    }
  }

  private static func isBehind(_ sets: [FilePath], in shelf: FilePath) -> Bool {
    func changed(_ file: FilePath) -> Int64? { EpisodeFiles.observe(file)?.modified }
    let deck = changed(shelf.appending(fileName)) ?? .min
    return sets.contains { deck < changed($0.appending(Manifest.fileName)) ?? .min }
  }

  private func update(_ shelf: FilePath, _ logger: Logger) async {
    guard kind != .none else { return }
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
        // Its time tells that it is as new as the manifests, also where it stays as it was.
        if isNew { ClipFolder.followFolder(file) } else { Self.touch(file) }
        return isNew
      }
      if isNew { logger.debug("deck written", metadata: ["folder": "\(shelf)"]) }
    } catch {
      logger.warning("no Anki deck", metadata: ["folder": "\(shelf)", "reason": "\(error)"])
    }
  }

  private static func touch(_ file: FilePath) {
    _ = file.withPlatformString { utimensat(AT_FDCWD, $0, nil, AT_SYMLINK_NOFOLLOW) }
  }

  static func hint(of episode: PublishedEpisode) -> EpisodeHint {
    let name = FilePath.Component(episode.manifest.episode.file)
    return EpisodeHint(path: name.map(episode.season.appending) ?? episode.season)
  }

  private static func deck(of episode: PublishedEpisode) -> String {
    let name = hint(of: episode).series ?? episode.season.lastComponent?.string ?? "Episodes"
    return "langflix::" + name.replacing("::", with: ": ")
  }
}
