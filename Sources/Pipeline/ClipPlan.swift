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
  let folder: FilePath
  /// Translation of each source cue, by number.
  let translations: [Int: String]

  init(
    groups: [Group], source: Transcript, target: Transcript?, settings: ClipSettings,
    folder: FilePath
  ) {
    self.groups = groups
    self.source = source
    self.target = target
    self.settings = settings
    self.folder = folder
    translations = target.map { TranscriptPairing.translations(of: source, from: $0) } ?? [:]
  }

  func order(source path: FilePath, audioLanguage: String) -> CutOrder {
    CutOrder(
      source: path, audioLanguage: audioLanguage, leadInMaximum: MediaTime(settings.leadInMaximum),
      pad: MediaTime(settings.pad), ffmpegProgram: "ffmpeg",
      clips: groups.map(clip))
  }

  private func clip(of group: Group) -> ClipOrder {
    let phrases = group.expressions.map(\.dictionaryForm)
    return ClipOrder(
      id: String(group.id), folder: folder,
      stem: LettersOnlyName.clip(
        cue: group.id, of: source.cues.count, expressions: phrases),
      start: group.start, end: group.end,
      notBefore: neighbourEnd(before: group), notAfter: neighbourStart(after: group),
      title: phrases.joined(separator: " · "),
      chapters: group.expressions.map { expression in
        ChapterOrder(
          at: source.cues[expression.firstCue - 1].start, title: expression.dictionaryForm)
      },
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
    var tracks = [
      ClipSubtitles(
        language: source.language, title: "Original", isDefault: true,
        cues: original.map { MarkedCue($0, marks: marks[$0.number] ?? []) })
    ]
    if let target {
      let translation = near(target)
      tracks.append(
        ClipSubtitles(
          language: target.language, title: "Translation", isDefault: false,
          cues: translation.map { MarkedCue($0) }))
      tracks.append(
        ClipSubtitles(
          language: Self.bilingual, title: "Both", isDefault: false,
          cues: BilingualTrack.cues(source: original, other: translation, marks: marks)))
    }
    return tracks
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
  /// own. The bilingual ones are for pages only, for a player would show them as a language of its own.
  static func sidecars(
    of clip: CutClip, named name: String
  ) -> (subtitles: [Sidecar], captions: [Sidecar]) {
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    let subtitles = clip.subtitles.filter { $0.language != bilingual }.map { track in
      Sidecar(
        file: .init(language: track.language, file: "\(stem).\(track.language).srt"),
        // Some televisions show marks as they are written.
        text: SubtitleWriter.subRip(track.cues.map(\.cue)))
    }
    let captions = clip.subtitles.map { track in
      let label = track.language == bilingual ? "bilingual" : track.language
      return Sidecar(
        file: .init(language: track.language, file: "captions/\(stem).\(label).vtt"),
        text: SubtitleWriter.webVTT(track.cues))
    }
    return (subtitles, captions)
  }

  struct Sidecar: Sendable {
    var file: Manifest.ClipSubtitlesFile
    var text: String
  }

  /// The language code of a track in several languages.
  static let bilingual = "mul"
}
