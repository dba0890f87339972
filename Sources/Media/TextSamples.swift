import Subtitles

/// A stretch of a clip and the text shown in it.
package struct TextSample: Sendable, Equatable {
  /// In milliseconds of the clip.
  package var start: Int64
  package var end: Int64
  package var text: String
  /// What is marked, in UTF-8 code units of the text: whole characters, in order, without overlap.
  package var marks: [Range<Int>]

  package init(start: Int64, end: Int64, text: String, marks: [Range<Int>] = []) {
    self.start = start
    self.end = end
    self.text = text
    self.marks = marks
  }
}

/// Cues as the samples of a text track. Pure.
package enum TextSamples {
  /// The cues that overlap a stretch of the source, on that stretch's own clock and clamped to it.
  package static func cues(
    _ cues: [MarkedCue], from start: MediaTime, length: MediaTime
  ) -> [MarkedCue] {
    cues.compactMap { marked in
      var marked = marked
      marked.cue.start = max(marked.cue.start - start, .zero)
      marked.cue.end = min(marked.cue.end - start, length)
      return marked.cue.end.milliseconds > marked.cue.start.milliseconds ? marked : nil
    }
  }

  /// One sample for each cue; samples may overlap.
  package static func overlapping(_ cues: [MarkedCue]) -> [TextSample] {
    cues.map { marked in
      TextSample(
        start: marked.cue.start.milliseconds, end: marked.cue.end.milliseconds,
        text: marked.cue.text, marks: marked.wholeMarks)
    }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// Samples without gap or overlap from 0 to `length`, for tracks where a sample lasts until the
  /// next: cues at the same time share a sample, and gaps are samples without text.
  package static func contiguous(_ cues: [MarkedCue], length: MediaTime) -> [TextSample] {
    let entries = overlapping(cues)
    let edges = Set(entries.flatMap { [$0.start, $0.end] } + [0, length.milliseconds]).sorted()
    var samples: [TextSample] = []
    for (start, end) in zip(edges, edges.dropFirst()) {
      let sample = joined(
        entries.filter { $0.start < end && $0.end > start }, from: start, to: end)
      if let last = samples.last, last.text == sample.text, last.marks == sample.marks {
        samples[samples.count - 1].end = end
      } else {
        samples.append(sample)
      }
    }
    return samples
  }

  private static func joined(
    _ entries: [TextSample], from start: Int64, to end: Int64
  ) -> TextSample {
    var sample = TextSample(start: start, end: end, text: "")
    for (number, entry) in entries.enumerated() {
      if number > 0 { sample.text += "\n" }
      let offset = sample.text.utf8.count
      sample.text += entry.text
      sample.marks += entry.marks.map { $0.lowerBound + offset..<$0.upperBound + offset }
    }
    return sample
  }
}
