import Subtitles

extension CutOrder {
  /// More than a pad and a frame, so that nothing that a clip may show is lost.
  private static let margin = MediaTime.seconds(10)

  /// With those cues alone that can lie in a clip: a whole episode's for each clip are megabytes.
  package var trimmed: CutOrder {
    var order = self
    for position in order.clips.indices {
      let clip = order.clips[position]
      let from = clip.start - max(pad, leadInMaximum) - Self.margin
      let to = clip.end + pad + Self.margin
      for track in clip.subtitles.indices {
        order.clips[position].subtitles[track].cues.removeAll {
          $0.cue.end < from || $0.cue.start > to
        }
      }
    }
    return order
  }
}
