import Subtitles

/// Where candidate expressions come from: an LLM provider or the offline lexicon.
package protocol Extractor: Sendable {
  /// Name and version of what answers; part of the content key that an answer is kept under.
  var identity: ExtractorIdentity { get }

  /// Whether dialogue in this language can be mined at all.
  func supports(sourceLanguage: String) -> Bool

  /// What asking is expected to use, for limits and prices; nothing for what costs nothing.
  func estimate(of batch: Batch, for request: ExtractionRequest) -> TokenUsage

  /// Asks once. An answer without candidates means that the batch holds nothing worth learning.
  /// - Throws: `ExtractionFailure` when the batch could not be answered, `CancellationError`.
  func answer(to batch: Batch, for request: ExtractionRequest) async throws -> ExtractorAnswer
}

extension Extractor {
  package func estimate(of batch: Batch, for request: ExtractionRequest) -> TokenUsage { .zero }
}

package struct ExtractorIdentity: Sendable, Hashable, Codable {
  package var name: String
  /// Changes whenever the same batch could be answered otherwise.
  package var version: String

  package init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

/// What an extractor is asked for, apart from the dialogue itself.
package struct ExtractionRequest: Sendable, Hashable, Codable {
  /// Language of the dialogue, BCP 47 primary subtag.
  package var sourceLanguage: String
  /// Language that the learner reads, if one is set.
  package var targetLanguage: String?
  /// The levels that the learner works at.
  package var level: LevelRange
  /// Expressions that the learner knows already; no part of the content key, for what is known is left out of what was
  /// answered too.
  package var known: [String]
  /// Whether the answer should translate the cues of its contexts; not where a second transcript exists.
  package var translatesCues: Bool
  /// No part of the content key: the same dialogue under another name asks the same question.
  package var hint: EpisodeHint?

  package init(
    sourceLanguage: String, targetLanguage: String?, level: LevelRange = LevelRange(.b1, .b2),
    known: [String] = [], translatesCues: Bool = false, hint: EpisodeHint? = nil
  ) {
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    self.level = level
    self.known = known
    self.translatesCues = translatesCues
    self.hint = hint
  }
}

/// What the file's name says of the episode.
package struct EpisodeHint: Sendable, Hashable, Codable {
  package var series: String?
  /// Such as "S01E03" or a title.
  package var episode: String?

  package init(series: String?, episode: String?) {
    self.series = series
    self.episode = episode
  }
}

/// The Common European Framework's levels, from beginner to near-native.
package enum LanguageLevel: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case a1 = "A1"
  case a2 = "A2"
  case b1 = "B1"
  case b2 = "B2"
  case c1 = "C1"
  case c2 = "C2"

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
