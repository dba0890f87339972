import Expressions
import Foundation
import Subtitles

/// Candidates from WordNet, without key or network: its lemmas of several words, found where they
/// stand in the dialogue.
///
/// English only. The same batch always gives the same candidates.
package struct LexiconExtractor: Extractor {
  package let identity = ExtractorIdentity(name: "lexicon", version: "wordnet-3.0/2")
  private let wordNet: WordNet

  /// Opens WordNet's files on a thread of its own, since that reads a few megabytes.
  /// - Parameter folder: where `index.noun` and the others lie; `/usr/share/wordnet` on Debian.
  /// - Throws: `LexiconError` that names the file that is missing or damaged.
  package init(folder: String) async throws {
    wordNet = try await withCheckedThrowingContinuation { continuation in
      let thread = Thread {
        continuation.resume(with: Result { try WordNet(folder: folder) })
      }
      thread.name = "lexicon"
      thread.start()
    }
  }

  package func supports(sourceLanguage: String) -> Bool { sourceLanguage == "en" }

  package func answer(
    to batch: Batch, for request: ExtractionRequest
  ) async throws -> ExtractorAnswer {
    guard supports(sourceLanguage: request.sourceLanguage) else {
      throw ExtractionFailure(
        kind: .permanent,
        reason: "The lexicon knows English only, not '\(request.sourceLanguage)'. "
          + "Set a provider for this language.")
    }
    do {
      return ExtractorAnswer(answer: Answer(candidates: try candidates(in: batch.cues)))
    } catch {
      throw ExtractionFailure(kind: .permanent, reason: error.description)
    }
  }

  private func candidates(in cues: [Cue]) throws(LexiconError) -> [Candidate] {
    let words = DialogueWord.words(of: cues)
    let writer = CandidateWriter(wordNet: wordNet, cues: cues, words: words)
    var candidates: [Candidate] = []
    for match in try ExpressionFinder(wordNet: wordNet).matches(in: words)
    where match.usefulness >= UsefulnessJudge.threshold {
      candidates.append(writer.candidate(for: match))
    }
    wordNet.dropPages()
    return candidates
  }
}
