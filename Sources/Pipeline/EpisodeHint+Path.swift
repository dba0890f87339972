import Expressions
import Subtitles
import SystemPackage

extension EpisodeHint {
  /// What a file's name says of its series and episode: "Radio.Puddle.S01E03.1080p.mkv" in "Season 1".
  init(path: FilePath) {
    let stem = Self.words(path.stem ?? "")
    if let match = stem.firstMatch(
      of: /^(.*?)\s*[-–]?\s*\b([Ss]\d{1,2}\s?[Ee]\d{1,3}|\d{1,2}x\d{2,3})\b/)
    {
      let name = String(match.1)
      self.init(
        series: name.isEmpty ? Self.seriesFolder(of: path) : name,
        episode: String(match.2).uppercased())
    } else {
      self.init(series: Self.seriesFolder(of: path), episode: stem.isEmpty ? nil : stem)
    }
  }

  /// The episode's numbers, where the name tells them and no title.
  var code: EpisodeCode? { episode.flatMap(EpisodeCode.init(whole:)) }

  /// What tells series apart. It lasts in the store's rows and in Anki's notes: made otherwise, an episode would lose
  /// those before it, and a note would come twice.
  var seriesKey: String? { series?.lowercased() }

  /// The folder above "Season 1", where the episode lies in such a one.
  private static func seriesFolder(of path: FilePath) -> String? {
    let folder = path.removingLastComponent()
    guard let name = folder.lastComponent?.string,
      name.wholeMatch(of: /(?i)(season|staffel|saison|temporada|s)[ ._-]?\d{1,3}|specials/) != nil
    else { return nil }
    return folder.removingLastComponent().lastComponent.map { words($0.string) }
  }

  /// Dots and underscores for spaces, and no longer than a prompt should bear.
  private static func words(_ text: String) -> String {
    let spaced = text.map { $0 == "." || $0 == "_" ? " " : $0 }
    let printable = spaced.filter { character in
      character.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
      }
    }
    return String(printable.prefix(120)).split(separator: " ").joined(separator: " ")
  }
}
