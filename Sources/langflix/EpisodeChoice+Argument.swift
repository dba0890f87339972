import Control
import Pipeline
import SystemPackage

extension EpisodeChoice {
  /// A number, or the name of a file.
  init(argument: String) {
    self =
      Int64(argument).map(EpisodeChoice.number)
      ?? .file(WirePath.text(FilePath(argument: argument)))
  }
}
