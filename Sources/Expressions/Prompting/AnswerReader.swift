import Subtitles

/// Makes an answer of what a model wrote, with patience for its form and none for its substance.
///
/// Other spellings of the same thing are read (a bare list, "12" or "[12]" for 12, one value for a
/// list of one, "b2", keys too many). What is unusable is dropped alone and counted.
package struct AnswerReader: Sendable {
  let request: ExtractionRequest
  /// The batch's cue numbers, without the lead-in's.
  let cueNumbers: Set<Int>
  let firstCue: Int
  let lastCue: Int

  package init(batch: Batch, request: ExtractionRequest) {
    self.request = request
    cueNumbers = Set(batch.cues.map(\.number))
    firstCue = cueNumbers.min() ?? 0
    lastCue = cueNumbers.max() ?? 0
  }

  /// Candidates come in the model's order and name only cues of the batch. An empty list of
  /// contexts is an answer: nothing here is worth learning.
  /// - Throws: `AnswerShapeError` when nothing in it looks like an answer.
  package func read(_ value: JSONValue) throws(AnswerShapeError) -> Answer {
    let contexts = try Self.contexts(in: value)
    var answer = Answer(candidates: [])
    for context in contexts { read(context: context, into: &answer) }
    if value["contexts"] != nil, let translations = value["translations"] {
      read(translations, into: &answer)
    }
    dropDuplicates(&answer)
    return answer
  }

  private func read(context: JSONValue, into answer: inout Answer) {
    guard context.isObject else {
      answer.reject(.notAnObject)
      return
    }
    let expressions: [JSONValue]
    if let listed = context["expressions"] {
      expressions = listed.elements
    } else {
      // A list of expressions without contexts around them.
      expressions = context["expression"] == nil ? [] : [context]
    }
    if expressions.isEmpty { answer.reject(.noExpression) }
    for expression in expressions {
      switch candidate(expression, in: context) {
      case .success(let candidate): answer.candidates.append(candidate)
      case .failure(let rejection): answer.reject(rejection)
      }
    }
    if let translations = context["translations"] { read(translations, into: &answer) }
  }

  /// Reads translations of cues, as {cue, text} or by number; the first of a cue wins.
  private func read(_ translations: JSONValue, into answer: inout Answer) {
    guard request.wantsCueTranslations else { return }
    var entries: [(cue: [Int], text: JSONValue?)] = []
    if case .object(let members) = translations, members["cue"] == nil {
      entries = members.sorted { $0.key < $1.key }.map { (JSONValue.string($0).integers, $1) }
    } else {
      entries = translations.elements.map { ($0["cue"]?.integers ?? [], $0["text"]) }
    }
    for entry in entries {
      guard entry.cue.count == 1, cueNumbers.contains(entry.cue[0]),
        let text = entry.text?.cleanText, text.unicodeScalars.count <= Self.textLimit
      else {
        answer.reject(.badTranslation)
        continue
      }
      if answer.translations[entry.cue[0]] == nil { answer.translations[entry.cue[0]] = text }
    }
  }

  private func dropDuplicates(_ answer: inout Answer) {
    struct Place: Hashable {
      var form: String
      var cues: [Int]
    }
    var places: Set<Place> = []
    let all = answer.candidates
    answer.candidates = all.filter {
      places.insert(Place(form: $0.dictionaryForm.lowercased(), cues: $0.cueNumbers)).inserted
    }
    for _ in answer.candidates.count..<all.count { answer.reject(.duplicate) }
  }
}

/// Why an item of an answer was left out. The raw values are stable: they are stored and counted.
enum AnswerRejection: String, Error {
  case notAnObject = "not_an_object"
  case noExpression = "no_expression"
  case noMeaning = "no_meaning"
  case noCue = "no_cue"
  /// Only cues of the lead-in, or none that exists.
  case cueOutOfBatch = "cue_out_of_batch"
  case tooLong = "too_long"
  case duplicate
  case badTranslation = "bad_translation"
}

extension Answer {
  fileprivate mutating func reject(_ rejection: AnswerRejection) {
    rejected[rejection.rawValue, default: 0] += 1
  }
}
