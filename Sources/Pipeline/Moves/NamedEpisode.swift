import Expressions
import SystemPackage

/// Which episode of which series a file is, as far as its name says so.
struct NamedEpisode: Hashable {
  /// Letters and digits alone, in lower case; empty where the name does not say it.
  let series: String
  let season: Int
  let episode: Int

  init?(path: FilePath) {
    let hint = EpisodeHint(path: path)
    guard let code = hint.episode?.wholeMatch(of: /(?i)S?(\d+)\s?[EX](\d+)/),
      let season = Int(code.1), let episode = Int(code.2)
    else { return nil }
    series = String((hint.show ?? "").lowercased().filter { $0.isLetter || $0.isNumber })
    self.season = season
    self.episode = episode
  }

  /// Whether both are of the same episode, in the same folder.
  func isSame(as other: NamedEpisode) -> Bool {
    season == other.season && episode == other.episode
      && (series == other.series || series.isEmpty || other.series.isEmpty)
  }
}
