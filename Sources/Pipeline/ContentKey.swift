import Crypto
import Expressions
import Foundation
import Subtitles

/// The key that an answer is kept under: everything that the answer depends on, and nothing else.
enum ContentKey {
  private struct Line: Encodable {
    var number: Int
    var text: String
    var speaker: String?
  }

  private struct Content: Encodable {
    var extractor: ExtractorIdentity
    var request: ExtractionRequest
    var leadIn: [Line]
    var lines: [Line]
  }

  /// Times are left out, what the file's name says, and what the learner knows: the same dialogue in another cut of the film, or under
  /// another name, asks the same question.
  static func key(
    for batch: Batch, request: ExtractionRequest, extractor: ExtractorIdentity
  ) throws -> String {
    var request = request
    request.hint = nil
    request.known = []
    let content = Content(
      extractor: extractor, request: request, leadIn: batch.leadIn.map(line),
      lines: batch.cues.map(line))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return SHA256.hash(data: try encoder.encode(content)).hexText
  }

  private static func line(_ cue: Cue) -> Line {
    Line(number: cue.number, text: cue.text, speaker: cue.speaker)
  }
}
