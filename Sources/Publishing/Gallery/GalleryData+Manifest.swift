import SystemPackage

extension GalleryData.Episode {
  /// - Parameter folder: the manifest's own, where the page lies above it.
  init(_ manifest: GalleryManifest, in folder: FilePath.Component? = nil) {
    title = manifest.episode?.name ?? folder?.string ?? ""
    href = folder.map(GalleryLink.page)
    source = manifest.languages?.source
    target = manifest.languages?.target
    pending = max(0, manifest.pendingBatches ?? 0)
    failed = max(0, manifest.failedBatches ?? 0)
    groups = manifest.groups.readable().compactMap { .init($0, in: folder) }
  }
}

extension GalleryData.Group {
  /// Nil for a group that has nothing to show: its clip is still to come, or a person has taken it away.
  fileprivate init?(_ group: GalleryManifest.Group, in folder: FilePath.Component?) {
    guard group.state == "published" || group.state == "failed" else { return nil }
    clip = group.clip?.file.flatMap { GalleryLink.file($0, in: folder) }
    poster = group.clip?.poster.flatMap { GalleryLink.file($0, in: folder) }
    failure = group.failure
    let cues = group.cues.readable()
    cue = group.context?.firstCue ?? cues.first?.number ?? group.number ?? 0
    at = group.context?.startS ?? 0
    let chosen = group.expressions.readable()
    let others = group.alsoHere.readable()
    let length = group.clip?.durationS ?? cues.map(\.endS).max() ?? 0
    expressions =
      chosen.map { .init($0, also: false, cues, group.clip, length, in: folder) }
      + others.map { .init($0, also: true, cues, group.clip, length, in: folder) }
    self.cues = cues.map { cue in
      let marks = (chosen + others).enumerated().flatMap { position, expression in
        expression.spans.readable().filter { $0.cue == cue.number }.map {
          GalleryData.Mark(start: $0.start, end: $0.end, expression: position)
        }
      }
      return .init(
        start: cue.startS, end: cue.endS, text: cue.text, speaker: cue.speaker,
        translation: cue.translation, marks: marks)
    }
  }
}

extension GalleryData.Expression {
  /// Kept before and after a sentence that has no extract of its own, in seconds.
  private static let pad = 0.2

  fileprivate init(
    _ expression: GalleryManifest.Expression, also: Bool, _ cues: [GalleryManifest.Cue],
    _ clip: GalleryManifest.Clip?, _ length: Double, in folder: FilePath.Component?
  ) {
    form = expression.dictionaryForm
    phrase = expression.phrase ?? expression.dictionaryForm
    partOfSpeech = expression.partOfSpeech
    meaning = expression.meaning
    translation = expression.translation
    literal = expression.literalMeaning
    note = expression.usageNote
    register = expression.register
    level = expression.level
    similar = expression.similar ?? []
    examples = expression.examples ?? []
    self.also = also
    let sentence = (clip?.extracts).readable().first {
      $0.dictionaryForm == expression.dictionaryForm && $0.file != nil
    }
    extract = sentence?.file.flatMap { GalleryLink.file($0, in: folder) }
    let own = cues.filter { expression.cues?.contains($0.number) == true }
    let lines = own.isEmpty ? cues : own
    let start = sentence?.startS ?? (lines.map(\.startS).min() ?? 0) - Self.pad
    let end =
      sentence.flatMap { sentence in
        sentence.startS.flatMap { start in sentence.durationS.map { start + $0 } }
      } ?? (lines.map(\.endS).max() ?? length) + Self.pad
    from = Self.rounded(min(max(0, start), length))
    to = Self.rounded(min(max(from, end), length))
  }

  /// To the millisecond: sums of such times have more digits.
  private static func rounded(_ seconds: Double) -> Double {
    (seconds * 1_000).rounded() / 1_000
  }
}

extension GalleryPage {
  /// The page beside an episode's clips; nil for what is no manifest.
  package static func episode(manifest: String) throws -> String? {
    try GalleryManifest(Array(manifest.utf8)).map(episode)
  }

  static func episode(_ manifest: GalleryManifest) throws -> String {
    let episode = GalleryData.Episode(manifest)
    return try render(
      GalleryData(kind: .episode, title: episode.title, episodes: [episode], others: []))
  }
}
