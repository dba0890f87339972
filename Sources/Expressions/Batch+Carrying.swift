import Subtitles

extension Batch {
  /// The batches whose lines stand word for word in a transcript, in the same order and without overlap, with their
  /// numbers and the cues as they are there.
  package static func carried(_ batches: [Batch], into transcript: Transcript) -> [Batch] {
    let cues = transcript.cues
    var places: [Line: [Int]] = [:]
    for (position, cue) in cues.enumerated() { places[Line(cue), default: []].append(position) }
    var carried: [Batch] = []
    var free = 0
    for batch in batches.sorted(by: { $0.firstCue < $1.firstCue }) {
      guard let first = batch.cues.first else { continue }
      let lines = batch.cues.map(Line.init)
      let all = places[Line(first)] ?? []
      // Where a line occurs again and again, only the nearest places are tried.
      let middle = all.firstIndex { $0 >= first.number } ?? all.count
      let near = all[max(0, middle - nearest)..<min(all.count, middle + nearest)]
      let starts = near.filter { start in
        start >= free && start + lines.count <= cues.count
          && zip(lines, cues[start...]).allSatisfy { $0 == Line($1) }
      }
      // Of several places the one that is nearest to where it was.
      guard let start = starts.min(by: { abs($0 - first.number) < abs($1 - first.number) })
      else { continue }
      var moved = batch
      moved.cues = Array(cues[start..<start + lines.count])
      let leadIn = max(0, start - batch.leadIn.count)..<start
      moved.leadIn = Array(cues[leadIn])
      carried.append(moved)
      free = start + lines.count
    }
    return carried
  }

  private static let nearest = 16

  /// What an answer depends on.
  private struct Line: Hashable {
    var text: String
    var speaker: String?

    init(_ cue: Cue) {
      text = cue.text
      speaker = cue.speaker
    }
  }
}
