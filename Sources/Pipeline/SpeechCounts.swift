import Expressions
import Store
import Subtitles

/// How often words are said in the latest transcripts; those of the episode that was asked for last are kept.
///
/// While an episode is with the extractor this is asked for again and again, and to count takes reading twenty transcripts.
actor SpeechCounts {
  private struct Count {
    let language: String
    let episodes: [Int64]
    let frequency: SpeechFrequency
  }

  private let store: EpisodeStore
  private var last: Count?

  init(store: EpisodeStore) { self.store = store }

  /// - Parameter transcript: the episode's own, which counts too.
  func frequency(
    of transcript: Transcript, episode: Int64
  ) async throws -> SpeechFrequency {
    let episodes = try await store.otherTranscripts(
      in: transcript.language, except: episode, limit: Self.transcriptsCounted)
    var frequency: SpeechFrequency
    if let last, last.language == transcript.language, last.episodes == episodes {
      frequency = last.frequency
    } else {
      frequency = SpeechFrequency([])
      // One transcript at a time in memory.
      for id in episodes {
        if let stored = try await store.transcript(of: id, role: "source") {
          frequency.add(stored.transcript)
        }
      }
      // Between the awaits another episode may have counted; either is right.
      last = Count(language: transcript.language, episodes: episodes, frequency: frequency)
    }
    frequency.add(transcript)
    return frequency
  }

  /// How common a word is, is counted in so many other transcripts at most.
  private static let transcriptsCounted = 20
}
