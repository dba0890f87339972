import SystemPackage

/// How clips are cut, what is in them, and where they lie.
package struct ClipSettings: Sendable, Equatable {
  /// Shown before the first and after the last cue of the context.
  package var pad: Duration
  /// Most that a keyframe may force before the context; beyond it the clip is re-encoded.
  package var leadInMaximum: Duration
  package var cut: CutMode
  package var sound: SoundMode
  /// libx264's constant rate factor, for what is encoded.
  package var quality: Int
  package var shownSubtitles: ShownSubtitles
  /// SubRip files beside the clips.
  package var subtitleFiles: Toggle
  package var reel: Toggle
  package var extracts: ExtractKind
  /// Kept before and after the sentence of an extract.
  package var extractPad: Duration
  /// A picture for each clip.
  package var posters: Toggle
  /// Pages that show the clips.
  package var gallery: Toggle
  package var deck: DeckKind
  package var layout: Layout
  /// Where clips go in the layout `root`.
  package var rootFolder: FilePath?

  package enum Layout: String, Sendable, CaseIterable { case beside, extras, root }

  package init(
    pad: Duration = .milliseconds(300), leadInMaximum: Duration = .seconds(5),
    cut: CutMode = .auto, sound: SoundMode = .auto, quality: Int = 20,
    shownSubtitles: ShownSubtitles = .both, subtitleFiles: Toggle = .on, reel: Toggle = .on,
    extracts: ExtractKind = .audio, extractPad: Duration = .milliseconds(250),
    posters: Toggle = .on, gallery: Toggle = .on, deck: DeckKind = .audio, layout: Layout = .beside,
    rootFolder: FilePath? = nil
  ) {
    self.pad = pad
    self.leadInMaximum = leadInMaximum
    self.cut = cut
    self.sound = sound
    self.quality = quality
    self.shownSubtitles = shownSubtitles
    self.subtitleFiles = subtitleFiles
    self.reel = reel
    self.extracts = extracts
    self.extractPad = extractPad
    self.posters = posters
    self.gallery = gallery
    self.deck = deck
    self.layout = layout
    self.rootFolder = rootFolder
  }
}

/// How a clip's pictures come out of the source.
package enum CutMode: String, Sendable, Codable, CaseIterable {
  /// Always a stream copy, however early its keyframe is.
  case copy
  /// Always encoded, from exactly where the clip should start.
  case exact
  /// A copy, but encoded where the copy would be no good clip.
  case auto
}

/// What becomes of a clip's sound.
package enum SoundMode: String, Sendable, Codable, CaseIterable {
  /// What browsers play is copied; everything else becomes AAC stereo.
  case auto
  case copy
  case aac
}

/// What is made of single sentences.
package enum ExtractKind: String, Sendable, Codable, CaseIterable {
  case audio, video, none
}

/// What a season's Anki deck holds besides words.
package enum DeckKind: String, Sendable, CaseIterable {
  /// Each sentence's sound, and a picture.
  case audio
  /// The clips too.
  case clips
  /// There is no deck.
  case none
}

/// Which subtitle track of a clip players show unasked.
package enum ShownSubtitles: String, Sendable, CaseIterable {
  case both, original, translation, none
}

/// A part that is made or not.
package enum Toggle: String, Sendable, CaseIterable {
  case on, off
}
