import Expressions
import Subtitles

// The way back from a manifest to what was chosen.
extension Manifest.GroupEntry {
  /// The group that the entry tells of; nil where the transcript has other lines than it had, or the entry was edited
  /// beyond what can be understood.
  package func group(in transcript: Transcript) -> Group? {
    guard 1 <= context.firstCue, context.firstCue <= context.lastCue,
      context.lastCue <= transcript.cues.count, !expressions.isEmpty,
      cues.map(\.number) == Array(context.firstCue...context.lastCue),
      cues.allSatisfy({ transcript[number: $0.number]?.text == $0.text })
    else { return nil }
    let chosen = expressions.compactMap { $0.expression(in: transcript) }
    let others = alsoHere.compactMap { $0.expression(in: transcript) }
    guard chosen.count == expressions.count, others.count == alsoHere.count else { return nil }
    return Group(
      context: Context(firstCue: context.firstCue, lastCue: context.lastCue),
      start: .seconds(context.startS), end: .seconds(context.endS), expressions: chosen,
      alsoHere: others)
  }
}

extension Manifest.ExpressionEntry {
  fileprivate func expression(in transcript: Transcript) -> Expression? {
    let places = spans.compactMap { span -> CueSpan? in
      guard let text = transcript[number: span.cue]?.text else { return nil }
      let units = text.utf16
      guard
        let start = units.index(
          units.startIndex, offsetBy: max(0, span.start), limitedBy: units.endIndex),
        let end = units.index(
          units.startIndex, offsetBy: max(0, span.end), limitedBy: units.endIndex), start < end
      else { return nil }
      return CueSpan(
        cueNumber: span.cue, start: text.utf8.distance(from: text.startIndex, to: start),
        end: text.utf8.distance(from: text.startIndex, to: end))
    }
    guard places.count == spans.count, !places.isEmpty else { return nil }
    let details = ExpressionDetails(
      translation: translation, literalMeaning: literalMeaning,
      register: register.flatMap(ExpressionDetails.Register.init),
      level: level.flatMap(LanguageLevel.init), similar: similar, usageNote: usageNote)
    var expression = Expression(
      candidate: Candidate(
        phrase: phrase, dictionaryForm: dictionaryForm, cueNumbers: cues,
        partOfSpeech: partOfSpeech, meaning: meaning, examples: examples, usefulness: usefulness,
        details: details == ExpressionDetails() ? nil : details),
      spans: places, wasMended: wasMended)
    expression.score = score.map {
      Score(
        usefulness: $0.usefulness, levelFit: $0.levelFit, rarity: $0.rarity, spread: $0.spread,
        novelty: $0.novelty)
    }
    return expression
  }
}
