import Control
import Expressions
import Store

extension Requests {
  /// Has clips made again that a person deleted.
  /// - Returns: how many come back.
  func restore(_ request: RestoreRequest) async throws -> Int {
    let id = try await id(of: request.episode)
    // What was deleted a moment ago counts, too.
    await workshop.knownClips.look(unlessDoneWithin: .zero)
    guard let episode = try await store.overview(of: id)?.record else {
      throw ControlError(message: "there is no episode \(id); langflix status shows the numbers")
    }
    if let folder = episode.folder,
      try await workshop.steps.disk.run({ FilePresence.of(folder) == .gone })
    {
      // All are asked for, and what became of their folder need not be known.
      if request.clips.isEmpty, episode.state == .done, !episode.isGone {
        let count = try await store.clips(of: id).count { $0.knownAt == nil }
        try await store.recordClipsMissing(of: id, now: EpisodeSteps.now)
        doorbell.ring()
        return count
      }
    }
    let clips = try await store.clips(of: id)
    let numbers =
      request.clips.isEmpty ? nil : try request.clips.map { try Self.number($0, among: clips) }
    let restored = try await store.restore(numbers.map(Set.init), of: id, now: EpisodeSteps.now)
    guard !restored.isEmpty else {
      throw ControlError(
        message:
          "no such clip of episode \(id) was deleted; langflix explain \(id) shows what became of each"
      )
    }
    doorbell.ring()
    return restored.count
  }

  /// - Returns: the group's `id`.
  private static func number(_ clip: String, among clips: [ClipRecord]) throws -> Int {
    if let position = Int(clip) {
      guard clips.indices.contains(position - 1) else {
        throw ControlError(message: "there is no clip \(position); clips there are: \(clips.count)")
      }
      return clips[position - 1].group.id
    }
    let name = ClipPlace.name(of: clip)
    for record in clips where record.file.map(ClipPlace.name) == name { return record.group.id }
    throw ControlError(message: "no clip of this episode is called '\(name)'")
  }
}
