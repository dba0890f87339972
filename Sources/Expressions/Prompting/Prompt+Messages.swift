import Subtitles

extension Prompt {
  /// The messages for one batch.
  ///
  /// Dialogue, names and the list of what is known are untrusted: each cue is one line that begins
  /// with its number, and angle and square brackets in it become others, so that no text can end
  /// its section, pose as a cue or hold a control mark of a model's own format.
  package func messages(for batch: Batch, request: ExtractionRequest) -> PromptMessages {
    let values = Self.values(for: batch, request)
    return PromptMessages(system: system.text(with: values), user: user.text(with: values))
  }

  /// Texts longer than these numbers of scalars are cut; no honest one is.
  private enum Limit {
    static let cue = 600
    static let speaker = 40
    static let name = 120
    static let known = 80
    static let knownCount = 200
  }

  private static func values(
    for batch: Batch, _ request: ExtractionRequest
  ) -> [PromptPlaceholder: String] {
    let source = LanguageName.english(of: request.sourceLanguage)
    let target = request.explainingLanguage.map(LanguageName.english)
    let values: [PromptPlaceholder: String?] = [
      .sourceLanguage: source,
      .targetLanguage: target,
      .meaningLanguage: target ?? source,
      .level: request.level.description,
      .known: known(request.known),
      .show: request.hint?.series.map { PlainText.quoted($0, limit: Limit.name) },
      .episode: request.hint?.episode.map { PlainText.quoted($0, limit: Limit.name) },
      .leadIn: batch.leadIn.map { "- " + said($0) }.joined(separator: "\n"),
      .cues: batch.cues.map { PlainText.line("[\($0.number)] " + said($0)) }.joined(
        separator: "\n"),
      .firstCue: batch.cues.first.map { String($0.number) },
      .lastCue: batch.cues.last.map { String($0.number) },
      .translateCues: request.wantsCueTranslations ? "yes" : nil,
    ]
    return values.compactMapValues { $0 }.filter { !$0.value.isEmpty }
  }

  private static func said(_ cue: Cue) -> String {
    var text = ""
    for line in cue.text.split(whereSeparator: \.isNewline) {
      let line = PlainText.quoted(line, limit: Limit.cue)
      guard !line.isEmpty else { continue }
      if !text.isEmpty { text += beginsWithSpeakerDash(line) ? " / " : " " }
      text += line
    }
    text = PlainText.line(text, limit: Limit.cue)
    let speaker = PlainText.quoted(cue.speaker ?? "", limit: Limit.speaker).filter { $0 != ":" }
    return speaker.isEmpty ? text : "\(speaker): \(text)"
  }

  private static func beginsWithSpeakerDash(_ line: String) -> Bool {
    line.first.map { "-\u{2010}\u{2011}\u{2013}".contains($0) } ?? false
  }

  private static func known(_ expressions: [String]) -> String {
    expressions.lazy.map { PlainText.quoted($0, limit: Limit.known) }.filter { !$0.isEmpty }
      .prefix(Limit.knownCount).joined(separator: "; ")
  }
}
