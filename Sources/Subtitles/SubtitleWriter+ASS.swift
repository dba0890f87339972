extension SubtitleWriter {
  /// Two languages in one ASS file: what is said in style Original, and its translation below in style Translation.
  ///
  /// Each language keeps its own times, and has a place of its own on the screen, so that none waits for the other. Times
  /// are in hundredths of a second: a begin is rounded down, an end up.
  package static func ass(_ source: [MarkedCue], translation: [Cue]) -> String {
    let other = translation.map { MarkedCue($0) }
    return header + events(source, style: "Original") + events(other, style: "Translation")
  }

  private static let header = """
    [Script Info]
    ScriptType: v4.00+
    PlayResX: 1280
    PlayResY: 720
    WrapStyle: 0
    ScaledBorderAndShadow: yes

    [V4+ Styles]
    Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
    Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, \
    MarginV, Encoding
    Style: Original,sans-serif,42,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,2,1,2,40,40,110,1
    Style: Translation,sans-serif,34,&H0080E0FF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,2,1,2,40,40,24,1

    [Events]
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

    """

  private static func events(_ cues: [MarkedCue], style: String) -> String {
    var output = ""
    for marked in MarkedCue.joiningSpeakers(cues) {
      let text = MarkedLines(marked.cue.text, marked.wholeMarks).ass
      guard let entry = Entry(marked.cue, text) else { continue }
      output += "Dialogue: 0,\(time(entry.start)),\(time(entry.end + 9)),\(style),,0,0,0,,\(text)\n"
    }
    return output
  }

  private static func time(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1_000
    let minutes = padded(seconds / 60 % 60, 2)
    let hundredths = padded(milliseconds % 1_000 / 10, 2)
    return "\(seconds / 3_600):\(minutes):\(padded(seconds % 60, 2)).\(hundredths)"
  }
}
