import Expressions
import Logging
import Media
import Publishing
import Settings
import SystemPackage

extension EpisodeSteps {
  /// Joins all of an episode's clips, those that are there and those that were just cut, into one file of the work
  /// folder; nil where none is wanted or there is no clip.
  func reel(
    of shelf: Shelf, _ cut: [CutClip], _ plan: ClipPlan, in folder: ClipFolder, _ path: FilePath
  ) async throws -> Manifest.Reel? {
    guard settings.clip.reel == .on else { return nil }
    let made = Set(cut.compactMap { clip in clip.fileName.map { plan.place.reference(to: $0) } })
    let parts = shelf.groups.compactMap { group -> ReelOrder.Part? in
      guard case .made(let clip) = shelf.results[group.id] else { return nil }
      let file =
        made.contains(clip.file)
        ? plan.place.clips.appending(ClipPlace.name(of: clip.file))
        : folder.path.pushing(FilePath(clip.file)).lexicallyNormalized()
      return plan.part(of: group, clip: clip, at: file)
    }
    guard !parts.isEmpty else { return nil }
    let stem = plan.place.flatStem
    do {
      let reel = try await media.reel(
        ReelOrder(folder: folder.flatFolder, stem: stem, title: path.stem ?? stem, parts: parts))
      for left in reel.leftOut {
        logger.notice(
          "clip left out of the reel", metadata: ["clip": "\(left.id)", "reason": "\(left.reason)"])
      }
      return Manifest.Reel(
        file: reel.fileName.map(ClipFolder.flatReference),
        durationS: Manifest.seconds(reel.duration), sizeBytes: reel.sizeBytes,
        leftOut: reel.leftOut.map { .init(file: $0.id, reason: $0.reason) })
    } catch {
      switch error.kind {
      case .diskFull, .outputUnwritable, .cancelled: throw error
      default:
        // The clips are worth more than their reel. Of a worker that was killed half a file may be left.
        logger.warning("no reel", metadata: ["reason": "\(error.message)"])
        try await disk.run { try folder.discardReel(stem: stem) }
        return Manifest.Reel(file: nil, failure: error.message, durationS: 0, sizeBytes: 0)
      }
    }
  }
}
