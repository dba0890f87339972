import Publishing
import SystemPackage

/// Where an episode's files are made, and what the manifest calls them.
struct ClipPlace: Sendable {
  /// Of the clips and the subtitles beside them.
  let clips: FilePath
  let captions: FilePath
  let extracts: FilePath
  let posters: FilePath
  /// Whether clips come to lie beside the episode's folder, not in it.
  private let isFlat: Bool
  let flatStem: String
  /// What the names of clips begin with, so that those of several episodes can lie in one folder.
  let prefix: String

  /// - Parameter flatStem: what the names of flat files begin with.
  init(in folder: ClipFolder, isFlat: Bool, flatStem: String) {
    clips = isFlat ? folder.flatFolder : folder.workFolder
    captions = folder.workFolder.appending("captions")
    extracts = folder.workFolder.appending("extracts")
    posters = folder.workFolder.appending("posters")
    self.isFlat = isFlat
    self.flatStem = flatStem
    prefix = isFlat ? "\(flatStem) - " : ""
  }

  /// The name of a clip or of a file beside it, relative to the manifest.
  func reference(to file: String) -> String {
    isFlat ? ClipFolder.flatReference(file) : file
  }

  /// What `reference` made a reference of.
  static func name(of reference: String) -> String {
    reference.lastIndex(of: "/").map { String(reference[reference.index(after: $0)...]) }
      ?? reference
  }
}
