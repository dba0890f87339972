import Expressions
import Logging
import Publishing
import Store

extension EpisodeSteps {
  /// Publishes the clips that are final while later batches are still out.
  func publishEarly(_ episode: EpisodeRecord) async throws {
    guard let path = episode.path else {
      return try await store.postponeEarly(episode.id, until: Self.now + Self.lookAgain.seconds)
    }
    try await expectUnchanged(episode, path)
    let transcript = try await sourceTranscript(of: episode).transcript
    try await decide(episode, try await chooser(of: episode, transcript), isLast: false)
    let clips = try await store.clips(of: episode.id)
    guard clips.contains(where: { $0.state == .pending }) else {
      return try await store.postponeEarly(episode.id, until: Self.now + Self.lookAgain.seconds)
    }
    let fingerprint = episode.fingerprint ?? ""
    let isReplacing = try await disk.run {
      ClipFolder(forEpisode: path, fingerprint: fingerprint).isPublished(fingerprint: fingerprint)
    }
    // An earlier set of clips stays until the whole of the new one is there.
    guard !isReplacing || clips.contains(where: { $0.state == .published }) else {
      return try await store.postponeEarly(episode.id, until: Self.now + 3_600)
    }
    try await publishPending(episode, path, isLast: false)
  }

  /// How soon a late batch is looked at again where nothing could be decided.
  private static let lookAgain = Duration.seconds(600)
}
