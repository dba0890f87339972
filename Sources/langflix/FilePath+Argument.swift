import Foundation
import SystemPackage

extension FilePath {
  /// A path as it stands on the command line, made absolute: the daemon has another working directory.
  init(argument: String) {
    let path = FilePath(argument)
    let full =
      path.isAbsolute
      ? path : FilePath(FileManager.default.currentDirectoryPath).pushing(path)
    self = full.lexicallyNormalized()
  }
}
