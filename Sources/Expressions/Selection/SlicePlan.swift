import Subtitles

/// An episode divided into slices of time, each with its share of the episode's clips: what spreads the clips, and
/// what lets the first of them be final while later batches are still out.
///
/// Slices hold about two clips each and end where the dialogue pauses. No context crosses the end of a slice but with
/// a sentence of its own.
package struct SlicePlan: Sendable {
  package struct Slice: Sendable, Hashable {
    package var firstCue: Int
    package var lastCue: Int
    /// How many clips it may have of its own.
    package var share: Int
  }

  package let slices: [Slice]
  package let clips: Int

  package init(dialogue: Dialogue, clips: Int) {
    self.clips = clips
    let length = dialogue.sentences.last.map { dialogue.end(of: $0).seconds } ?? 0
    let count = max(1, min((clips + 1) / 2, Int(length / Self.leastSeconds)))
    let ends = Self.ends(of: count, in: dialogue)
    var slices: [Slice] = []
    var given = 0
    for (index, end) in ends.enumerated() {
      let due = clips * (index + 1) / ends.count
      slices.append(
        Slice(firstCue: (slices.last?.lastCue ?? 0) + 1, lastCue: end, share: due - given))
      given = due
    }
    self.slices = slices
  }

  /// How many slices, from the first, are final when every cue up to `cue` has been with the extractor: those that no
  /// answer to a later cue can reach.
  package func finalCount(inThrough cue: Int) -> Int {
    guard let last = slices.last?.lastCue, cue < last else { return slices.count }
    return slices.prefix { $0.lastCue + Grounding.reach <= cue }.count
  }

  /// A slice is wide enough for a few exchanges.
  private static let leastSeconds = 120.0

  package func index(ofCue cue: Int) -> Int {
    slices.firstIndex { cue <= $0.lastCue } ?? max(0, slices.count - 1)
  }

  /// The last cue of each slice: near equal parts of the time, at the longest pause around there.
  private static func ends(of count: Int, in dialogue: Dialogue) -> [Int] {
    guard let first = dialogue.sentences.first, let last = dialogue.sentences.last else {
      return []
    }
    let begin = dialogue.start(of: first).microseconds
    let length = dialogue.end(of: last).microseconds - begin
    let width = length / Int64(count)
    var ends: [Int] = []
    for part in 1..<max(1, count) {
      let ideal = begin + width * Int64(part)
      let near = dialogue.sentences.filter {
        abs(dialogue.end(of: $0).microseconds - ideal) <= width / 4
          && $0.lastCue > (ends.last ?? 0) && $0.lastCue < last.lastCue
      }
      let cut = near.max {
        (dialogue.pause(after: $0), -$0.lastCue) < (dialogue.pause(after: $1), -$1.lastCue)
      }
      // Nobody speaks there: the slice before takes its share.
      if let cut { ends.append(cut.lastCue) }
    }
    return ends + [last.lastCue]
  }
}
