import Foundation
import Settings
import SystemPackage

/// The folders that paths and defaults start from, as the environment gives them.
struct ConfigurationPlaces {
  private let environment: [String: String]
  private let workingFolder: FilePath

  init(environment: [String: String]) {
    self.environment = environment
    workingFolder = FilePath(FileManager.default.currentDirectoryPath)
  }

  var home: FilePath? { folder("HOME") }

  /// Where a file is looked for when none is named, in this order.
  var usualFiles: [FilePath] {
    let configFolder = folder("XDG_CONFIG_HOME") ?? home?.appending(".config")
    return [configFolder, "/etc"].compactMap { $0?.appending("langflix/langflix.yaml") }
  }

  /// Nil where the environment names no folder of the user's at all.
  var defaultStateFolder: FilePath? {
    let given = environment["STATE_DIRECTORY"]?.split(separator: ":").first.map {
      FilePath(String($0))
    }
    if let given, given.isAbsolute { return given.lexicallyNormalized() }
    return folder("XDG_STATE_HOME")?.appending("langflix")
      ?? home?.appending(".local/state/langflix")
  }

  /// Makes a path absolute: `~/` is the home folder, what is relative starts at `base`.
  ///
  /// Nil when the text is no path, or begins with `~/` where no home is known.
  func absolute(_ text: String, from base: FilePath? = nil) -> FilePath? {
    // A path ends at its first zero byte, so what follows would be dropped unseen.
    guard !text.isEmpty, !text.contains("\0") else { return nil }
    if text == "~" || text.hasPrefix("~/") {
      let rest = FilePath(String(text.drop { $0 == "~" }.drop { $0 == "/" }))
      return home?.pushing(rest).lexicallyNormalized()
    }
    return (base ?? workingFolder).pushing(FilePath(text)).lexicallyNormalized()
  }

  /// Like the XDG rules say, a relative folder counts as not set.
  private func folder(_ variable: String) -> FilePath? {
    guard let text = environment[variable] else { return nil }
    let path = FilePath(text)
    return path.isAbsolute ? path.lexicallyNormalized() : nil
  }
}
