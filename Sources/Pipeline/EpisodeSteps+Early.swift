import Expressions
import Logging
import Publishing
import Settings
import Store
import Subtitles

extension EpisodeSteps {
  /// Publishes the clips that are final while later batches are still out.
  func publishEarly(_ episode: EpisodeRecord) async throws {
    guard let path = episode.path else {
      return try await store.postponeEarly(episode.id, until: Self.now + Self.lookAgain.seconds)
    }
    try await expectUnchanged(episode, path)
    let transcript = try await sourceTranscript(of: episode).transcript
    guard try await isWorthDeciding(episode, transcript) else {
      return try await store.postponeEarly(episode.id, until: Self.now + Self.lookAgain.seconds)
    }
    try await decide(episode, try await chooser(of: episode, transcript), isLast: false)
    let clips = try await store.clips(of: episode.id)
    guard clips.contains(where: { $0.state == .pending }) else {
      return try await store.postponeEarly(episode.id, until: Self.now + Self.lookAgain.seconds)
    }
    let hasPublished = clips.contains(where: \.hasFile)
    let isReplacing = try await disk.run {
      // A set that was not complete when it was published is this one, whose row a kill has left behind.
      let folder = clipFolder(of: episode, path, hasPublished: hasPublished)
      return folder.hasCompleteSet(fingerprint: episode.fingerprint ?? "")
        || episode.formerFingerprint.map(folder.isPublished) ?? false
    }
    // An earlier set of clips stays until the whole of the new one is there.
    guard !isReplacing || hasPublished && episode.formerFingerprint == nil else {
      return try await store.postponeEarly(episode.id, until: Self.now + 3_600)
    }
    try await publishPending(episode, path, isLast: false)
  }

  /// Whether there is something to cut or to decide: told without what choosing needs beyond the transcript.
  private func isWorthDeciding(
    _ episode: EpisodeRecord, _ transcript: Transcript
  ) async throws -> Bool {
    if try await store.clips(of: episode.id).contains(where: { $0.state == .pending }) {
      return true
    }
    let chooser = Chooser(
      transcript: transcript, limits: limits(of: episode, transcript), learner: Learner(),
      frequency: SpeechFrequency([]), lateAfter: settings.extraction.lateAfter)
    return chooser.canDecide(
      try await store.batchStandings(of: episode.id),
      settledThrough: try await store.settledCue(of: episode.id), now: Self.now)
  }

  /// How soon a late batch is looked at again where nothing could be decided.
  private static let lookAgain = Duration.seconds(600)
}
