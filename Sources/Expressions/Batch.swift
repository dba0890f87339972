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

  /// 0 where it has no cue.
  package var firstCue: Int { cues.first?.number ?? 0 }
  package var lastCue: Int { cues.last?.number ?? 0 }
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
  /// - Parameter kept: batches of this transcript that there are already; only what is between them is divided, and
  ///   no number of theirs is given again.
  package func batches(of transcript: Transcript, besides kept: [Batch] = []) -> [Batch] {
    var number = kept.map(\.number).max() ?? 0
    var gaps: [Range<Int>] = []
    var free = 0
    for batch in kept.sorted(by: { $0.firstCue < $1.firstCue }) {
      gaps.append(free..<max(free, batch.firstCue - 1))
      free = max(free, batch.lastCue)
    }
    gaps.append(free..<max(free, transcript.cues.count))
    return gaps.flatMap { gap in
      ranges(of: gap, besides: kept.count).map { range in
        number += 1
        return Batch(
          number: number,
          leadIn: Array(transcript.cues[max(0, range.lowerBound - leadInCues)..<range.lowerBound]),
          cues: Array(transcript.cues[range]))
      }
    }
  }

  private func ranges(of gap: Range<Int>, besides kept: Int) -> [Range<Int>] {
    guard !gap.isEmpty else { return [] }
    let wanted = (gap.count + cuesPerBatch - 1) / cuesPerBatch
    let count = max(1, min(wanted, batchesPerEpisode.map { $0 - kept } ?? wanted))
    return (0..<count).map { index in
      let from = gap.lowerBound + gap.count * index / count
      let to = gap.lowerBound + gap.count * (index + 1) / count
      return from..<to
    }
  }
}
