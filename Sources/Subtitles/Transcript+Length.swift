extension Transcript {
  /// Without what lies beyond the end of a film, and no cue longer than it: one wrong digit in a subtitle file must not
  /// make an episode of forty hours.
  /// - Returns: and how many cues were left out.
  package func within(_ length: MediaTime) -> (transcript: Transcript, leftOut: Int) {
    let kept = cues.filter { $0.start < length }.map { cue in
      var cue = cue
      cue.end = min(cue.end, length)
      return cue
    }
    return (Transcript(language: language, cues: kept), cues.count - kept.count)
  }
}
