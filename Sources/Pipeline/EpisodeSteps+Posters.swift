import Expressions
import Logging
import Media
import Publishing
import Settings
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Makes a picture of each clip that was just cut, in the work folder.
  /// - Returns: what the manifest calls them, by the orders' ids; a clip is worth more than its picture.
  func posters(
    of cut: [CutClip], _ plan: ClipPlan, in folder: ClipFolder
  ) async throws -> [String: String] {
    guard settings.clip.posters == .on else { return [:] }
    let orders = cut.compactMap { clip -> PosterOrder.Poster? in
      guard let file = clip.fileName else { return nil }
      let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file[...]
      return PosterOrder.Poster(
        id: clip.id, clip: plan.place.clips.appending(file), time: plan.pictureTime(of: clip),
        output: plan.place.posters.appending("\(stem).jpg"))
    }
    guard !orders.isEmpty else { return [:] }
    try await disk.run { try folder.makePosterFolder(plan.place.posters) }
    do {
      let result = try await media.posters(PosterOrder(posters: orders))
      for (clip, reason) in result.failures.sorted(by: { $0.key < $1.key }) {
        logger.notice("no poster", metadata: ["clip": "\(clip)", "reason": "\(reason)"])
      }
      let names = orders.compactMap { order in
        order.output.lastComponent.map { (order.id, "posters/\($0)") }
      }
      return Dictionary(names) { first, _ in first }.filter { result.made.contains($0.key) }
    } catch {
      switch error.kind {
      case .diskFull, .outputUnwritable, .cancelled: throw error
      default:
        logger.warning("no posters", metadata: ["reason": "\(error.message)"])
        // Of a worker that was killed half a picture may be left.
        try await disk.run {
          for order in orders { try folder.discardPoster(order.output) }
        }
        return [:]
      }
    }
  }
}

extension ClipPlan {
  /// While the first expression is said, on the clip's clock.
  func pictureTime(of clip: CutClip) -> MediaTime {
    let group = groups.first { String($0.id) == clip.id }
    let expression = group?.expressions.first
    let end = expression.flatMap { source[number: $0.cueNumbers.max() ?? $0.firstCue]?.end }
    let time = (end ?? group?.end ?? clip.sourceStart) - clip.sourceStart
    return min(max(time, .zero), clip.duration)
  }
}
