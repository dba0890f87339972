import Foundation
import Library
import Logging
import Media
import Publishing
import Settings
import Store
import SystemPackage

extension EpisodeSteps {
  /// Where an episode's clips go: clips of one episode stay together, whatever it is called by now. Blocks.
  /// - Parameter hasPublished: whether clips of the present choice lie there; then the row is trusted, whatever became
  ///   of the manifest.
  func clipFolder(
    of episode: EpisodeRecord, _ path: FilePath, hasPublished: Bool
  ) -> ClipFolder {
    let fingerprint = episode.fingerprint ?? ""
    let fresh = ClipFolder(
      forEpisode: path, fingerprint: fingerprint, layout: layout(of: episode, path))
    guard let former = episode.folder.map(ClipFolder.init(at:)) else { return fresh }
    let isBeside =
      former.path.removingLastComponent() == fresh.path.removingLastComponent()
    // What was cut from the file before is replaced as a whole.
    if isBeside, let old = episode.formerFingerprint, former.isPublished(fingerprint: old) {
      return former
    }
    let isFormer =
      hasPublished
      ? former.isThere && !former.isAnothers(than: fingerprint)
      : isBeside && former.isPublished(fingerprint: fingerprint)
    return isFormer ? former : fresh
  }

  func layout(of episode: EpisodeRecord, _ path: FilePath) -> ClipLayout {
    settings.clipLayout(ofEpisodeAt: path, library: episode.library)
  }

  /// Gives what is to be published the group and the rights of where it goes, as far as that is allowed.
  func followFolder(_ folder: ClipFolder) async {
    let refusal = try? await disk.run { folder.followFolder() }
    guard let refusal, refusals.insert(refusal) else { return }
    logger.notice("clips keep langflix's own group and rights", metadata: ["reason": "\(refusal)"])
  }

  // MARK: - Keyframes

  func keptIndex(of fingerprint: String) async throws -> KeyframeIndex? {
    guard let text = try await store.keyframes(of: fingerprint) else { return nil }
    return try? JSONDecoder().decode(KeyframeIndex.self, from: Data(text.utf8))
  }

  func keep(_ index: KeyframeIndex, of fingerprint: String) async {
    do {
      let text = String(decoding: try JSONEncoder().encode(index), as: UTF8.self)
      try await store.keepKeyframes(text, of: fingerprint)
      logger.debug("keyframes found", metadata: ["count": "\(index.entries.count)"])
    } catch {
      // It is found again the next time.
      logger.warning("the source's keyframes were not kept", metadata: ["reason": "\(error)"])
    }
  }
}

extension LangflixSettings {
  /// Where the clips of an episode of a library go.
  func clipLayout(ofEpisodeAt path: FilePath, library name: String) -> ClipLayout {
    switch clip.layout {
    case .beside: return .beside
    case .extras: return .extras
    case .root:
      // The configuration was refused where there is none.
      guard var folder = clip.rootFolder else { return .beside }
      let home = path.removingLastComponent()
      let library = libraries.first { $0.name == name }
      var below = home
      if let library, below.removePrefix(library.root) {
        folder.append(FilePath.Component(library.name).map { [$0] } ?? [])
        folder.append(below.components)
      } else if let last = home.lastComponent {
        folder.append(last)
      }
      return .root(folder)
    }
  }
}
