extension SettingKeys {
  /// How clips are cut, what is in them, and where they lie.
  static let clip: [SettingKey<LangflixSettings>] = [
    .choice(
      "clip.layout", \.clip.layout,
      """
      Where clips lie: in a folder beside the episode (a media server shows the reel alone), flat as extras of the \
      series, or under `clip.root_folder`.
      """),
    .optionalPath(
      "clip.root_folder", \.clip.rootFolder,
      "Folder outside of the libraries for the layout `root`, for media that can't be written."),
    .time(
      "clip.pad_seconds", in: .seconds, 0...5, \.clip.pad,
      "Shown before the first and after the last line of the dialogue."),
    .choice(
      "clip.cut", \.clip.cut,
      """
      A copy starts at a keyframe and takes no time; exact starts at the dialogue and encodes the clip; auto copies \
      unless the copy would be no good clip.
      """),
    .time(
      "clip.lead_in_max_seconds", in: .seconds, 0...30, \.clip.leadInMaximum,
      "Most that a keyframe may add in front; beyond it `clip.cut: auto` encodes the clip."),
    .integer(
      "clip.quality", 0...51, \.clip.quality,
      "Quality of what is encoded, as libx264's CRF: less is better and larger."),
    .choice(
      "clip.audio", \.clip.sound,
      "Auto copies what browsers play (AAC, MP3, Opus, FLAC) and makes AAC stereo of the rest."),
    .choice(
      "clip.shown_subtitles", \.clip.shownSubtitles,
      "Subtitle track that players show unasked; all are in the clip."),
    .choice("clip.subtitle_files", \.clip.subtitleFiles, "SubRip files beside the clips."),
    .choice(
      "clip.reel", \.clip.reel,
      "One file of all clips of an episode, with chapters, which media servers show as an extra."),
    .choice(
      "clip.extracts", \.clip.extracts, "What is made of each expression's sentence alone."),
    .time(
      "clip.extract_pad_seconds", in: .seconds, 0...2, \.clip.extractPad,
      "Kept before and after the sentence of an extract."),
    .choice("clip.posters", \.clip.posters, "A picture of each clip, JPEG."),
    .choice(
      "clip.gallery", \.clip.gallery,
      "Pages that show the clips in a browser: one beside them, and one of all episodes of a folder."
    ),
    .choice(
      "clip.deck", \.clip.deck,
      "Anki deck of each season folder: with each sentence's sound and a picture, with the clips too, or none."
    ),
  ]
}
