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
      clips: groups.enumerated().map { clip(of: $0.element, position: $0.offset) })
  }

  private func clip(of group: Group, position: Int) -> ClipOrder {
    let phrases = group.expressions.map(\.dictionaryForm)
    return ClipOrder(
      id: String(group.number), folder: folder,
      stem: LettersOnlyName.clip(position: position, of: groups.count, expressions: phrases),
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
    return [(source, "Original"), (target, "Translation")].compactMap { transcript, title in
      guard let transcript else { return nil }
      return ClipSubtitles(
        language: transcript.language, title: title, isDefault: title == "Original",
        cues: transcript.cues.filter { $0.end > from && $0.start < to })
    }
  }

  /// Beyond any lead-in and pad.
  private static let reach = MediaTime.seconds(120)

  /// The file name of a clip's sidecar subtitles: players take those that are named like the clip.
  static func sidecarName(clip: String, language: String) -> String {
    let stem = clip.lastIndex(of: ".").map { clip[..<$0] } ?? clip[...]
    return "\(stem).\(language).srt"
  }
}
