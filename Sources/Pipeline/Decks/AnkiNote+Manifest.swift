import Anki
import Expressions
import Publishing
import Subtitles
import SystemPackage

extension AnkiNote {
  /// The notes of an episode's published clips, in their order.
  /// - Parameters:
  ///   - withClips: whether a note holds its clip, too.
  ///   - wants: which expressions are taken.
  static func notes(
    of published: PublishedEpisode, hint: EpisodeHint, withClips: Bool,
    where wants: (Manifest.ExpressionEntry) -> Bool = { _ in true }
  ) -> [AnkiNote] {
    published.manifest.groups.filter { $0.state == "published" }.flatMap { group in
      group.expressions.filter(wants).map { expression in
        AnkiNote(expression, group, published, hint, withClips: withClips)
      }
    }
  }

  private init(
    _ expression: Manifest.ExpressionEntry, _ group: Manifest.GroupEntry,
    _ published: PublishedEpisode, _ hint: EpisodeHint, withClips: Bool
  ) {
    self.init(
      identity: Self.identity(of: expression, published.manifest, hint),
      expression: AnkiText(expression.phrase), dictionaryForm: AnkiText(expression.dictionaryForm))
    meaning = AnkiText(expression.meaning)
    translation = AnkiText(expression.translation)
    literalMeaning = AnkiText(expression.literalMeaning)
    sentence = AnkiText(Self.dialogue(group.cues, marking: expression))
    sentenceTranslation = AnkiText(
      Self.joined(group.cues.compactMap(\.translation).map { [AnkiText.Part.plain($0)] }))
    register = AnkiText(expression.register)
    level = AnkiText(expression.level)
    similar = AnkiText(
      expression.similar.isEmpty ? nil : expression.similar.joined(separator: ", "))
    usageNote = AnkiText(expression.usageNote)
    series = AnkiText(hint.series)
    episode = AnkiText(hint.episode ?? published.manifest.episode.name)
    time = AnkiText(Self.clock(group.context.startS))
    let extract = group.clip?.extracts?.first { $0.dictionaryForm == expression.dictionaryForm }
    sound = extract?.file.flatMap(published.file)
    picture = (group.clip?.poster).flatMap(published.file)
    clip = withClips ? (group.clip?.file).flatMap(published.file) : nil
    tags =
      ["langflix"] + (hint.series.map { ["langflix::series::\($0)"] } ?? [])
      + (expression.level.map { ["langflix::level::\($0)"] } ?? [])
  }

  /// Series, season and episode where they are known, for an upgrade of the file is the same episode.
  private static func identity(
    of expression: Manifest.ExpressionEntry, _ manifest: Manifest, _ hint: EpisodeHint
  ) -> String {
    let form = PhraseKey(expression.dictionaryForm)
    guard let series = hint.seriesKey, let code = hint.code else {
      return "\(manifest.episode.fingerprint)\n\(form)"
    }
    return "\(series)\n\(code.season)\n\(code.episode)\n\(form)"
  }

  private static func dialogue(
    _ cues: [Manifest.CueEntry], marking expression: Manifest.ExpressionEntry
  ) -> [AnkiText.Part] {
    let lines = cues.map { cue -> [AnkiText.Part] in
      let speaker = cue.speaker.map { [AnkiText.Part.plain("\($0): ")] } ?? []
      return speaker + parts(of: cue, marking: expression.spans.filter { $0.cue == cue.number })
    }
    return joined(lines)
  }

  private static func joined(_ lines: [[AnkiText.Part]]) -> [AnkiText.Part] {
    Array(lines.joined(separator: [AnkiText.Part.lineBreak]))
  }

  private static func parts(
    of cue: Manifest.CueEntry, marking spans: [Manifest.ExpressionEntry.Span]
  ) -> [AnkiText.Part] {
    let units = Array(cue.text.utf16)
    var parts: [AnkiText.Part] = []
    var place = 0
    // People edit manifests: a span that lies elsewhere marks nothing.
    for span in spans.sorted(by: { $0.start < $1.start })
    where span.start >= place && span.end <= units.count && span.start < span.end {
      parts.append(.plain(String(decoding: units[place..<span.start], as: UTF16.self)))
      parts.append(.marked(String(decoding: units[span.start..<span.end], as: UTF16.self)))
      place = span.end
    }
    parts.append(.plain(String(decoding: units[place...], as: UTF16.self)))
    return parts
  }

  /// "1:02:05", or "2:05".
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3_600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }
}
