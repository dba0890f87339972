import Subtitles

/// A run of consecutive cues that goes to the extractor as one request.
package struct Batch: Sendable, Hashable, Codable {
  /// Position in its episode, from 1.
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

/// How a transcript is divided into batches.
package struct BatchPlan: Sendable, Hashable, Codable {
  package var cuesPerBatch: Int
  package var leadInCues: Int

  package init(cuesPerBatch: Int = 80, leadInCues: Int = 4) {
    self.cuesPerBatch = cuesPerBatch
    self.leadInCues = leadInCues
  }

  /// Every cue is in exactly one batch; the last two batches share what is left evenly, so that none is tiny.
  package func batches(of transcript: Transcript) -> [Batch] {
    let cues = transcript.cues
    guard !cues.isEmpty else { return [] }
    let count = (cues.count + cuesPerBatch - 1) / cuesPerBatch
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
