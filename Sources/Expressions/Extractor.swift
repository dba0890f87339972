import Subtitles

/// A phrase that an extractor proposes. It is untrusted until `Grounding` has found it in its cues.
package struct Candidate: Sendable, Hashable, Codable {
  /// The phrase as it stands in the dialogue, such as "figured it all out".
  package var phrase: String
  /// The phrase as a dictionary lists it, such as "figure out".
  package var dictionaryForm: String
  /// The cues that it occurs in, by number, in order.
  package var cueNumbers: [Int]
  /// "noun", "verb", "adjective", "adverb" or "phrase".
  package var partOfSpeech: String
  /// What it means here, in the language that the extractor could give it in.
  package var meaning: String
  package var examples: [String]
  /// How much it is worth learning, 0 to 1, by the extractor's own judgement.
  package var usefulness: Double

  package init(
    phrase: String, dictionaryForm: String, cueNumbers: [Int], partOfSpeech: String,
    meaning: String, examples: [String] = [], usefulness: Double
  ) {
    self.phrase = phrase
    self.dictionaryForm = dictionaryForm
    self.cueNumbers = cueNumbers
    self.partOfSpeech = partOfSpeech
    self.meaning = meaning
    self.examples = examples
    self.usefulness = usefulness
  }
}

/// What an extractor is asked for, apart from the dialogue itself.
package struct ExtractionRequest: Sendable, Hashable, Codable {
  /// Language of the dialogue, BCP 47 primary subtag.
  package var sourceLanguage: String
  /// Language that the learner reads, if one is set.
  package var targetLanguage: String?

  package init(sourceLanguage: String, targetLanguage: String?) {
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
  }
}

/// Where candidate expressions come from: an LLM provider or the offline lexicon.
package protocol Extractor: Sendable {
  /// Name and version of what answers; part of the content key that an answer is kept under.
  var identity: ExtractorIdentity { get }

  /// Whether dialogue in this language can be mined at all.
  func supports(sourceLanguage: String) -> Bool

  /// Candidates in no particular order; an empty array means that the batch holds nothing worth learning.
  /// - Throws: `ExtractionFailure` when the batch could not be answered.
  func candidates(in batch: Batch, for request: ExtractionRequest) async throws -> [Candidate]
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

/// Why a batch has no answer. It is shown as failed, never as 'no expressions here'.
package struct ExtractionFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, Codable { case retry, permanent }
  package var kind: Kind
  package var reason: String

  package init(kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }

  package var description: String { reason }
}
