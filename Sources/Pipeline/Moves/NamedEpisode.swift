import Expressions
import Subtitles
import SystemPackage

/// Which episode of which series a file is, as far as its name says so.
struct NamedEpisode: Hashable {
  /// Letters and digits alone, in lower case, for two releases' names have other marks; empty where the name does not
  /// say it.
  let series: String
  let code: EpisodeCode

  init?(path: FilePath) {
    let hint = EpisodeHint(path: path)
    guard let code = hint.code else { return nil }
    series = String((hint.seriesKey ?? "").filter { $0.isLetter || $0.isNumber })
    self.code = code
  }

  /// Whether both are of the same episode, in the same folder.
  func isSame(as other: NamedEpisode) -> Bool {
    code == other.code && (series == other.series || series.isEmpty || other.series.isEmpty)
  }
}
