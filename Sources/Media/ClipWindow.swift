import Settings
import Subtitles

/// What a clip should show, on the episode clock: its context and the pad around it.
struct ClipWindow: Equatable {
  /// The context's start.
  let start: MediaTime
  /// Where the clip should start: the last keyframe at or before this is taken.
  let target: MediaTime
  /// Where the clip should end.
  let stop: MediaTime
  /// The earliest start that is still no too long lead-in.
  let earliest: MediaTime

  /// Nil when the order has no length inside the source.
  init?(_ clip: ClipOrder, of order: CutOrder, duration: MediaTime?) {
    let end = min(clip.end, duration ?? clip.end)
    start = max(clip.start, .zero)
    guard end > start else { return nil }
    target = min(max(start - order.pad, clip.notBefore ?? .zero, .zero), start)
    let padded = min(clip.end + order.pad, clip.notAfter ?? clip.end + order.pad)
    stop = min(max(padded, clip.end), max(end, duration ?? padded))
    earliest = order.mode == .copy ? .zero : min(target, start - order.leadInMaximum)
  }
}
