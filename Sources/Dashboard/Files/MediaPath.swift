/// Addresses of published files. They mirror the folders, so that what a page there refers to is found:
/// `/media/12/clips/FOLDER/NAME` lies in a folder of clips beside episode 12's, or in it; `/media/12/NAME` two folders up.
enum MediaPath {
  /// - Parameters:
  ///   - name: what the manifest calls the file.
  ///   - folder: the name of the folder that the manifest lies in.
  static func url(of name: String, episode: Int64, folder: String) -> String {
    let isFlat = name.hasPrefix(flatPrefix)
    let parts = isFlat ? [name.dropFirst(flatPrefix.count)[...]] : name.split(separator: "/")
    let base = isFlat ? [] : [word, folder]
    return "/media/\(episode)/"
      + (base + parts.map(String.init)).map(Percent.encode).joined(separator: "/")
  }

  static func gallery(episode: Int64, folder: String) -> String {
    "/media/\(episode)/\(word)/\(Percent.encode(folder))/\(page)"
  }

  /// What an address names, by its parts behind the episode's number.
  enum Target: Equatable {
    case page(folder: String?)
    case file(MediaPlace)
  }

  static func target(_ rest: [String]) -> Target? {
    if rest.count == 1 { return .file(.flat(rest[0])) }
    guard rest[0] == word else { return nil }
    switch rest.count {
    case 2: return rest[1] == page ? .page(folder: nil) : nil
    case 3 where rest[2] == page: return .page(folder: rest[1])
    case 3, 4:
      let name = rest.dropFirst(2).joined(separator: "/")
      return .file(.inside(folder: rest[1], name: name))
    default: return nil
    }
  }

  static let flatPrefix = "../../"
  private static let word = "clips"
  private static let page = "index.html"
}
