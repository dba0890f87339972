extension AnswerReader {
  /// Most scalars of a phrase, and of any other text.
  static let phraseLimit = 120
  static let textLimit = 600

  private static let similarLimit = 3

  func candidate(
    _ value: JSONValue, in context: JSONValue
  ) -> Result<Candidate, AnswerRejection> {
    guard value.isObject else { return .failure(.notAnObject) }
    guard let phrase = value["expression"]?.cleanText else { return .failure(.noExpression) }
    guard let meaning = value["meaning"]?.cleanText else { return .failure(.noMeaning) }
    let form = value["dictionary_form"]?.cleanText ?? phrase
    guard phrase.unicodeScalars.count <= Self.phraseLimit,
      form.unicodeScalars.count <= Self.phraseLimit,
      meaning.unicodeScalars.count <= Self.textLimit
    else { return .failure(.tooLong) }
    let named = (value["cues"] ?? value["cue"])?.integers ?? []
    guard !named.isEmpty else { return .failure(.noCue) }
    // A phrase that begins in the lead-in keeps its cues of this batch; grounding finds the rest.
    let cues = Set(named).intersection(cueNumbers).sorted()
    guard let first = cues.first, let last = cues.last else { return .failure(.cueOutOfBatch) }
    let details = details(value, phrase: phrase, form: form)
    return .success(
      Candidate(
        phrase: phrase, dictionaryForm: form, cueNumbers: cues,
        contextCueNumbers: contextRange(context, holding: first...last), partOfSpeech: "phrase",
        meaning: meaning, usefulness: usefulness(value),
        details: details))
  }

  /// The context's cues within the batch; nil when they do not hold the expression.
  private func contextRange(
    _ context: JSONValue, holding cues: ClosedRange<Int>
  ) -> ClosedRange<Int>? {
    guard let first = context["first_cue"]?.integers.first,
      let last = context["last_cue"]?.integers.first, first <= last
    else { return nil }
    let (lower, upper) = (max(first, firstCue), min(last, lastCue))
    return lower <= cues.lowerBound && cues.upperBound <= upper ? lower...upper : nil
  }

  /// In the middle where the model does not say it in the words that it was given.
  private func usefulness(_ value: JSONValue) -> Double {
    let word = value["usefulness"]?.cleanText?.lowercased()
    return (word.flatMap(Usefulness.init) ?? .medium).value
  }

  /// What is optional is left out where it is unusable; the candidate stays.
  private func details(_ value: JSONValue, phrase: String, form: String) -> ExpressionDetails {
    let text = { (key: String) -> String? in
      value[key]?.cleanText.flatMap { $0.unicodeScalars.count <= Self.textLimit ? $0 : nil }
    }
    let register = text("register").flatMap {
      ExpressionDetails.Register(rawValue: $0.lowercased())
    }
    // "b2" and "B2+" are B2.
    let level = text("level").flatMap { LanguageLevel(rawValue: String($0.uppercased().prefix(2))) }
    return ExpressionDetails(
      translation: request.explainingLanguage == nil ? nil : text("translation"),
      literalMeaning: text("literal_meaning"), register: register, level: level,
      similar: similar(value["similar"], besides: [phrase.lowercased(), form.lowercased()]),
      usageNote: text("usage_note"))
  }

  private func similar(_ value: JSONValue?, besides known: Set<String>) -> [String] {
    var seen = known
    var similar: [String] = []
    for element in value?.elements ?? [] where similar.count < Self.similarLimit {
      for part in element.string?.split(whereSeparator: { $0 == ";" || $0.isNewline }) ?? [] {
        guard similar.count < Self.similarLimit,
          let text = JSONValue.string(String(part)).cleanText,
          text.unicodeScalars.count <= Self.phraseLimit,
          seen.insert(text.lowercased()).inserted
        else { continue }
        similar.append(text)
      }
    }
    return similar
  }
}
