import Foundation
import SystemPackage

/// What a manifest says of its files, read as leniently as can be: people edit it, and older versions wrote less.
struct ManifestListing: Decodable {
  private struct Episode: Decodable {
    var file: String?
    var fingerprint: String?
  }
  private struct File: Decodable { var file: String? }
  private struct Clip: Decodable {
    var file: String?
    var poster: String?
    var subtitles: [File]?
    var captions: [File]?
    var extracts: [File]?
  }
  private struct Group: Decodable { var clip: Clip? }

  private var episode: Episode?
  private var groups: [Group]?
  private var reel: File?
  private var pendingBatches: Int?
  /// No word of the manifest's: whether langflix wrote the page beside it.
  private var hasPage = false

  private enum CodingKeys: String, CodingKey { case episode, groups, reel, pendingBatches }

  /// Nil where there is no manifest that can be read.
  init?(in folder: FilePath) {
    guard let bytes = try? Files.read(folder.appending(Manifest.fileName), limit: 16 << 20)
    else { return nil }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let listing = try? decoder.decode(ManifestListing.self, from: Data(bytes)) else {
      return nil
    }
    self = listing
    hasPage = GalleryShelf.hasOurPage(in: folder)
  }

  var fingerprint: String? { episode?.fingerprint }
  /// The name of the file that the clips were cut from.
  var episodeFile: String? { episode?.file }
  /// Whether nothing more was to come when it was written.
  var isComplete: Bool { (pendingBatches ?? 0) == 0 }

  /// The files in the episode's folder, relative to it, manifest and page among them.
  var inside: [FilePath] {
    [FilePath(Manifest.fileName)] + (hasPage ? [FilePath(GalleryPage.fileName)] : [])
      + names.compactMap(Self.inside)
  }

  /// The names of files in `Shorts/` itself.
  var flat: Set<FilePath.Component> { Set(names.compactMap(Self.flat)) }

  /// The name of the reel, in `Shorts/` itself.
  var reelName: FilePath.Component? { reel?.file.flatMap(Self.flat) }

  /// What it calls them.
  var names: [String] {
    let clips = (groups ?? []).compactMap(\.clip)
    let parts = clips.flatMap { ($0.subtitles ?? []) + ($0.captions ?? []) + ($0.extracts ?? []) }
    return clips.compactMap(\.file) + clips.compactMap(\.poster) + parts.compactMap(\.file)
      + [reel?.file].compactMap { $0 }
  }

  /// A plain name, or one in a folder: nothing that leads elsewhere.
  static func inside(_ name: String) -> FilePath? {
    let path = FilePath(name)
    guard path.isRelative, (1...2).contains(path.components.count),
      path.components.allSatisfy({ $0.kind == .regular }), !name.contains("\0"),
      path.components.first?.string != ClipFolder.knownFolderName
    else { return nil }
    return path
  }

  /// The name of what lies two folders up.
  static func flat(_ name: String) -> FilePath.Component? {
    let path = FilePath(name)
    let parts = Array(path.components)
    guard path.isRelative, parts.count == 3, parts[0].kind == .parentDirectory,
      parts[1].kind == .parentDirectory, parts[2].kind == .regular, !name.contains("\0")
    else { return nil }
    return parts[2]
  }
}
