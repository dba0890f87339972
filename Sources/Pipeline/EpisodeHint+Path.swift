import Expressions
import SystemPackage

extension EpisodeHint {
  /// What a file's name says of its show and episode: "Radio.Puddle.S01E03.1080p.mkv" in "Season 1".
  init(path: FilePath) {
    let stem = Self.words(path.stem ?? "")
    if let match = stem.firstMatch(
      of: /^(.*?)\s*[-–]?\s*\b([Ss]\d{1,2}\s?[Ee]\d{1,3}|\d{1,2}x\d{2,3})\b/)
    {
      let name = String(match.1)
      self.init(
        show: name.isEmpty ? Self.showFolder(of: path) : name,
        episode: String(match.2).uppercased())
    } else {
      self.init(show: Self.showFolder(of: path), episode: stem.isEmpty ? nil : stem)
    }
  }

  /// The folder above "Season 1", where the episode lies in such a one.
  private static func showFolder(of path: FilePath) -> String? {
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
