import Expressions
import Foundation
import Subtitles

/// Candidates from WordNet, without key or network: its lemmas of several words, found where they
/// stand in the dialogue.
///
/// English only. The same batch always gives the same candidates.
package struct LexiconExtractor: Extractor {
  package let identity = ExtractorIdentity(name: "lexicon", version: "wordnet-3.0/1")
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
    var matcher = Matcher(wordNet: wordNet, words: words)
    let judge = UsefulnessJudge(wordNet: wordNet, words: words)
    var matches: [Match] = []
    for found in try matcher.matches() {
      let match = try judge.judged(found)
      // What seems split is there only if it is worth something; what stands unsplit is there in
      // any case.
      if !match.isSplit || match.usefulness >= UsefulnessJudge.threshold { matches.append(match) }
    }
    let writer = CandidateWriter(wordNet: wordNet, cues: cues, words: words)
    var candidates: [Candidate] = []
    for match in Self.longest(of: matches) where match.usefulness >= UsefulnessJudge.threshold {
      candidates.append(try writer.candidate(for: match))
    }
    wordNet.dropPages()
    return candidates
  }

  /// Of matches that overlap the longest stays; the result is in the order of the dialogue.
  private static func longest(of matches: [Match]) -> [Match] {
    var taken: [Match] = []
    for match in matches.sorted(by: Match.precedes)
    where !taken.contains(where: { $0.overlaps(match) }) {
      taken.append(match)
    }
    return taken.sorted { $0.first < $1.first }
  }
}
