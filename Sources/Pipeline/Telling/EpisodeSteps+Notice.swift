import Expressions
import Foundation
import Notices
import Publishing
import Settings
import Store
import SystemPackage

extension EpisodeSteps {
  /// What is to be told of an episode's new clips; nil where nobody is to be told.
  func notice(
    of episode: EpisodeRecord, _ path: FilePath, in folder: ClipFolder
  ) -> (@Sendable (Int) throws -> String)? {
    guard Audience(settings).listens(to: .clips) else { return nil }
    let news = ClipNews(
      episode: episode.id, name: Self.spokenName(of: path), library: episode.library, clips: 0,
      folder: folder.path.string,
      lookedThrough: showsFlatFiles(layout(of: episode, path))
        ? path.removingLastComponent().string : nil)
    return { count in
      var news = news
      news.clips = count
      return String(decoding: try JSONEncoder().encode(news), as: UTF8.self)
    }
  }

  /// Whether something lies where media servers show extras from.
  private func showsFlatFiles(_ layout: ClipLayout) -> Bool {
    switch layout {
    case .extras: true
    case .beside: settings.clip.reel == .on
    case .root: false
    }
  }

  /// "Radio Puddle S01E03", or the file's name where that says no such thing.
  static func spokenName(of path: FilePath) -> String {
    let hint = EpisodeHint(path: path)
    guard let series = hint.series, let episode = hint.episode, episode != series else {
      return hint.episode ?? hint.series ?? path.stem ?? "?"
    }
    return "\(series) \(episode)"
  }
}
