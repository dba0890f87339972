import ArgumentParser
import Foundation
import Publishing
import SystemPackage

struct GalleryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery",
    abstract: "Write the pages of clips anew from their manifests.",
    discussion: """
      The pages lie beside the clips as index.html. The daemon keeps them up to date by itself; this is for clips that \
      were edited, copied or restored by hand. What langflix did not write stays as it is.
      """)

  @Argument(
    help:
      "Folders: 'langflix' with the clips of several episodes, or one that has 'Shorts/langflix' in it.",
    completion: .directory)
  var folders: [String]

  @Flag(help: "Remove the pages.")
  var remove = false

  func validate() throws {
    guard !folders.contains("") else { throw ValidationError("a folder's name is empty") }
  }

  func run() async throws {
    var isWhole = true
    for folder in folders {
      guard let shelf = Self.shelf(FilePath(argument: folder)) else {
        Output.error(
          "\(folder): there are no clips; name the folder 'langflix' or the one that 'Shorts' is in"
        )
        isWhole = false
        continue
      }
      do {
        let count = try shelf.update(isWanted: !remove)
        Output.line(
          "\(Output.plain(shelf.path.string)): \(count) \(count == 1 ? "page" : "pages") \(remove ? "removed" : "written")"
        )
      } catch {
        Output.error("\(error)")
        isWhole = false
      }
    }
    if !isWhole { throw ExitStatus.failed }
  }

  private static func shelf(_ folder: FilePath) -> GalleryShelf? {
    let candidates = [folder.appending("Shorts").appending("langflix"), folder]
    let found = candidates.first { candidate in
      var isFolder: ObjCBool = false
      return candidate.lastComponent == "langflix"
        && FileManager.default.fileExists(atPath: candidate.string, isDirectory: &isFolder)
        && isFolder.boolValue
    }
    return found.map(GalleryShelf.init(at:))
  }
}
