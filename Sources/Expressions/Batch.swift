import Subtitles

/// A run of consecutive cues that goes to the extractor as one request.
package struct Batch: Sendable, Hashable, Codable {
  /// Its number in its episode, from 1; the halves of a batch that was split get new ones.
  package var number: Int
  /// Cues before the batch, for context only: nothing is mined from them.
  package var leadIn: [Cue]
  package var cues: [Cue]

  package init(number: Int, leadIn: [Cue], cues: [Cue]) {
    self.number = number
    self.leadIn = leadIn
    self.cues = cues
  }
}

extension Batch {
  /// The batch in two halves with the same dialogue around them, or nil when it is a single cue.
  package func halves(numbered numbers: (Int, Int), leadInCues: Int) -> (Batch, Batch)? {
    guard cues.count > 1 else { return nil }
    let middle = cues.count / 2
    let before = leadIn + cues[..<middle]
    return (
      Batch(number: numbers.0, leadIn: leadIn, cues: Array(cues[..<middle])),
      Batch(
        number: numbers.1, leadIn: Array(before.suffix(leadInCues)), cues: Array(cues[middle...]))
    )
  }
}

/// How a transcript is divided into batches.
package struct BatchPlan: Sendable, Hashable, Codable {
  package var cuesPerBatch: Int
  package var leadInCues: Int
  /// Most batches for one episode, which then grow beyond `cuesPerBatch`; nil for any number.
  package var batchesPerEpisode: Int?

  package init(cuesPerBatch: Int = 80, leadInCues: Int = 4, batchesPerEpisode: Int? = nil) {
    self.cuesPerBatch = cuesPerBatch
    self.leadInCues = leadInCues
    self.batchesPerEpisode = batchesPerEpisode
  }

  /// Every cue is in exactly one batch; the last two batches share what is left evenly, so that none is tiny.
  package func batches(of transcript: Transcript) -> [Batch] {
    let cues = transcript.cues
    guard !cues.isEmpty else { return [] }
    let wanted = (cues.count + cuesPerBatch - 1) / cuesPerBatch
    let count = min(wanted, batchesPerEpisode ?? wanted)
    return (0..<count).map { index in
      let from = cues.count * index / count
      let to = cues.count * (index + 1) / count
      return Batch(
        number: index + 1,
        leadIn: Array(cues[max(0, from - leadInCues)..<from]),
        cues: Array(cues[from..<to]))
    }
  }
}
