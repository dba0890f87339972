import Foundation
import SystemPackage

/// The configuration file: which one it is, and its text.
struct ConfigurationFile {
  let path: FilePath
  let text: String

  private static let mostBytes = 1 << 20

  /// Reads the named file, or else the first of the usual ones that exists; nil when none does.
  ///
  /// - Parameter name: the file that `source` (an option or a variable) names.
  static func find(
    name: String?, source: String, places: ConfigurationPlaces
  ) throws(ConfigurationError) -> ConfigurationFile? {
    if let name {
      guard let path = places.absolute(name) else {
        throw problem("\(source): \(ShownText.quoted(name)) is not the path of a file")
      }
      do {
        return try ConfigurationFile(reading: path)
      } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
        throw problem("\(source): the file \(ShownText.plain(path.string)) does not exist")
      } catch {
        throw unreadable(path, error)
      }
    }
    for path in places.usualFiles {
      // A folder that this user may not enter (root's home, say) holds no file for them.
      guard access(path.string, F_OK) == 0 else { continue }
      do {
        return try ConfigurationFile(reading: path)
      } catch {
        throw unreadable(path, error)
      }
    }
    return nil
  }

  /// Throws `Errno`, or `ConfigurationError` when the file is no text.
  private init(reading path: FilePath) throws {
    let bytes = try BoundedFile(reading: path, limit: Self.mostBytes).bytes
    let shown = ShownText.plain(path.string)
    guard bytes.count <= Self.mostBytes else {
      throw Self.problem("\(shown): larger than 1 MiB, so it is no configuration of langflix")
    }
    // Editors on Windows put this mark in front of UTF-8.
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let wrong = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw Self.problem("\(shown):\(wrong + 1): this line is not UTF-8; save the file as UTF-8")
    }
    self.path = path
    self.text = text
  }

  private static func unreadable(_ path: FilePath, _ error: any Error) -> ConfigurationError {
    let shown = ShownText.plain(path.string)
    switch error {
    case let error as ConfigurationError: return error
    case Errno.isDirectory:
      return problem("\(shown): this is a folder; name the file in it, such as langflix.yaml")
    case Errno.permissionDenied:
      return problem("\(shown): no permission to read it; let the user of langflix read it")
    default: return problem("\(shown): can't be read: \(error)")
    }
  }

  static func problem(_ text: String) -> ConfigurationError { ConfigurationError(problems: [text]) }
}
