import Subtitles

/// A stretch of a clip and the text shown in it.
package struct TextSample: Sendable, Equatable {
  /// In milliseconds of the clip.
  package var start: Int64
  package var end: Int64
  package var text: String

  package init(start: Int64, end: Int64, text: String) {
    self.start = start
    self.end = end
    self.text = text
  }
}

/// Cues as the samples of a text track. Pure.
package enum TextSamples {
  /// The cues that overlap a stretch of the source, on that stretch's own clock and clamped to it.
  package static func cues(_ cues: [Cue], from start: MediaTime, length: MediaTime) -> [Cue] {
    cues.compactMap { cue in
      var cue = cue
      cue.start = max(cue.start - start, .zero)
      cue.end = min(cue.end - start, length)
      return cue.end.milliseconds > cue.start.milliseconds ? cue : nil
    }
  }

  /// One sample for each cue; samples may overlap.
  package static func overlapping(_ cues: [Cue]) -> [TextSample] {
    cues.map {
      TextSample(start: $0.start.milliseconds, end: $0.end.milliseconds, text: $0.text)
    }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// Samples without gap or overlap from 0 to `length`, for tracks where a sample lasts until the
  /// next: cues at the same time share a sample, and gaps are samples without text.
  package static func contiguous(_ cues: [Cue], length: MediaTime) -> [TextSample] {
    let entries = overlapping(cues)
    let edges = Set(entries.flatMap { [$0.start, $0.end] } + [0, length.milliseconds]).sorted()
    var samples: [TextSample] = []
    for (start, end) in zip(edges, edges.dropFirst()) {
      let text = entries.filter { $0.start < end && $0.end > start }.map(\.text)
        .joined(separator: "\n")
      if let last = samples.indices.last, samples[last].text == text {
        samples[last].end = end
      } else {
        samples.append(TextSample(start: start, end: end, text: text))
      }
    }
    return samples
  }
}
