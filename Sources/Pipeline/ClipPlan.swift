import Expressions
import Media
import Publishing
import Settings
import Subtitles
import SystemPackage

/// What each group's clip is to hold: the media worker's order, made of groups and transcripts. Pure.
struct ClipPlan: Sendable {
  let groups: [Group]
  let source: Transcript
  let target: Transcript?
  let settings: ClipSettings
  let place: ClipPlace
  /// Translation of each source cue, by number.
  let translations: [Int: String]
  private let dialogue: Dialogue

  init(
    groups: [Group], source: Transcript, target: Transcript?, settings: ClipSettings,
    place: ClipPlace
  ) {
    self.groups = groups
    self.source = source
    self.target = target
    self.settings = settings
    self.place = place
    dialogue = Dialogue(transcript: source)
    translations = target.map { TranscriptPairing.translations(of: source, from: $0) } ?? [:]
  }

  /// - Parameter index: the source's keyframes, where they had to be searched for before.
  func order(source path: FilePath, audioLanguage: String, index: KeyframeIndex?) -> CutOrder {
    CutOrder(
      source: path, audioLanguage: audioLanguage, leadInMaximum: MediaTime(settings.leadInMaximum),
      pad: MediaTime(settings.pad), mode: settings.cut, sound: settings.sound,
      quality: settings.quality, extracts: settings.extracts, index: index,
      clips: groups.map(clip))
  }

  private func clip(of group: Group) -> ClipOrder {
    let phrases = group.expressions.map(\.dictionaryForm)
    return ClipOrder(
      id: String(group.id), folder: place.clips,
      stem: place.prefix
        + LettersOnlyName.clip(cue: group.id, of: source.cues.count, expressions: phrases),
      start: group.start, end: group.end,
      notBefore: neighbourEnd(before: group), notAfter: neighbourStart(after: group),
      title: phrases.joined(separator: " · "),
      chapters: group.expressions.map { expression in
        ChapterOrder(
          at: source.cues[expression.firstCue - 1].start, title: expression.dictionaryForm)
      },
      subtitles: subtitles(near: group),
      extracts: settings.extracts == .none
        ? [] : group.expressions.map { extract(of: $0, in: group) })
  }

  /// The whole sentence that an expression is in, with a pad that stops at the clip's own.
  private func extract(of expression: Expression, in group: Group) -> ExtractOrder {
    let cues = expression.cueNumbers
    let sentence = dialogue.sentences(
      holding: (cues.min() ?? expression.firstCue)...(cues.max() ?? expression.firstCue))
    let pad = MediaTime(settings.extractPad)
    let (from, to) = span(of: group)
    let before = source[number: sentence.firstCue - 1].map {
      min($0.end, dialogue.start(of: sentence))
    }
    let after = source[number: sentence.lastCue + 1].map {
      max($0.start, dialogue.end(of: sentence))
    }
    return ExtractOrder(
      folder: place.extracts,
      stem: LettersOnlyName.clip(
        cue: expression.firstCue, of: source.cues.count, expressions: [expression.dictionaryForm]),
      start: max(from, before ?? from, dialogue.start(of: sentence) - pad),
      end: min(to, after ?? to, dialogue.end(of: sentence) + pad))
  }

  /// A group's context and the pad around it, on the episode clock.
  private func span(of group: Group) -> (start: MediaTime, end: MediaTime) {
    let pad = MediaTime(settings.pad)
    return (
      max(group.start - pad, neighbourEnd(before: group) ?? .zero, .zero),
      min(group.end + pad, neighbourStart(after: group) ?? group.end + pad)
    )
  }

  /// A clip's part of the reel.
  func part(of group: Group, clip: Manifest.Clip, at path: FilePath) -> ReelOrder.Part {
    ReelOrder.Part(
      id: clip.file, clip: path,
      title: group.expressions.map(\.dictionaryForm).joined(separator: " · "),
      start: .seconds(clip.sourceStartS), end: span(of: group).end,
      subtitles: subtitles(near: group))
  }

  /// A pad stops at the neighbour's cue.
  private func neighbourEnd(before group: Group) -> MediaTime? {
    source[number: group.context.firstCue - 1].map { min($0.end, group.start) }
  }

  private func neighbourStart(after group: Group) -> MediaTime? {
    source[number: group.context.lastCue + 1].map { max($0.start, group.end) }
  }

  /// The dialogue around a group: the worker keeps what lies in the clip, its lead-in too.
  private func subtitles(near group: Group) -> [ClipSubtitles] {
    let from = group.start - Self.reach
    let to = group.end + Self.reach
    let near = { (transcript: Transcript) in
      transcript.cues.filter { $0.end > from && $0.start < to }
    }
    let marks = Self.marks(of: group)
    let original = near(source)
    let shown = settings.shownSubtitles
    let tracks = [
      ClipSubtitles(
        language: source.language, title: "Original",
        isDefault: shown == .original || (target == nil && shown == .both),
        cues: MarkedCue.joiningSpeakers(
          original.map { MarkedCue($0, marks: marks[$0.number] ?? []) }))
    ]
    guard let target else { return tracks }
    let translation = near(target)
    // Televisions show one track at a time, often the first in the language of their owner.
    return [
      ClipSubtitles(
        language: target.language, title: "Both", isDefault: shown == .both, isBilingual: true,
        cues: BilingualTrack.cues(source: original, other: translation, marks: marks))
    ] + tracks + [
      ClipSubtitles(
        language: target.language, title: "Translation", isDefault: shown == .translation,
        cues: MarkedCue.joiningSpeakers(translation.map { MarkedCue($0) }))
    ]
  }

  /// Where the expressions stand, by cue, in UTF-8 code units.
  private static func marks(of group: Group) -> [Int: [Range<Int>]] {
    group.expressions.flatMap(\.spans).reduce(into: [:]) { marks, span in
      guard span.start < span.end else { return }
      marks[span.cueNumber, default: []].append(span.start..<span.end)
    }
  }

  /// Beyond any lead-in and pad.
  private static let reach = MediaTime.seconds(120)

  /// A clip's subtitle files: beside it, named like it, what players take; and WebVTT for pages, in a folder of their
  /// own. The bilingual ones are for pages only, for a player would show them as a second one of their language.
  func sidecars(
    of clip: CutClip, named name: String
  ) -> (subtitles: [Sidecar], captions: [Sidecar]) {
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    let beside = settings.subtitleFiles == .on ? clip.subtitles.filter { !$0.isBilingual } : []
    let subtitles = beside.map { track in
      let file = "\(stem).\(track.language).srt"
      return Sidecar(
        file: .init(language: track.language, file: place.reference(to: file)),
        path: place.clips.appending(file),
        // Some televisions show marks as they are written.
        text: SubtitleWriter.subRip(track.cues.map(\.cue)))
    }
    let captions = clip.subtitles.map { track in
      let file = "\(stem).\(track.isBilingual ? "bilingual" : track.language).vtt"
      return Sidecar(
        file: .init(
          language: track.isBilingual ? Self.bilingual : track.language, file: "captions/\(file)"),
        path: place.captions.appending(file), text: SubtitleWriter.webVTT(track.cues))
    }
    return (subtitles, captions)
  }

  struct Sidecar: Sendable {
    var file: Manifest.ClipSubtitlesFile
    var path: FilePath
    var text: String
  }

  /// The language code of captions in several languages.
  private static let bilingual = "mul"
}
