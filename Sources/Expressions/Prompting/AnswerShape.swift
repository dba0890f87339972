/// The shape of an answer: the one description that schemas are made of and answers are checked by.
indirect enum AnswerShape: Sendable, Hashable {
  /// All properties are required, and there are no others.
  case object([Property])
  case array(AnswerShape, minimum: Int, maximum: Int?)
  /// A cue's number: whole, from 1 on.
  case cueNumber
  /// At most so many scalars.
  case string(Int)
  case optionalString(Int)
  case choice([String])

  struct Property: Sendable, Hashable {
    var name: String
    var shape: AnswerShape

    init(_ name: String, _ shape: AnswerShape) {
      self.name = name
      self.shape = shape
    }
  }
}

extension AnswerShape {
  /// The answer to a request.
  ///
  /// Properties stand in alphabetical order, as in the prompt's example: encoders that sort keys
  /// keep it, and servers that force a schema on a model make it write in the schema's order.
  ///
  /// The bounds are wide for an honest answer; they are there for small models, which otherwise
  /// repeat themselves until no room is left.
  static func answer(to request: ExtractionRequest) -> AnswerShape {
    let phrase = AnswerShape.string(120)
    let sentenceLimit = 300
    let sentence = AnswerShape.string(sentenceLimit)
    let translates = request.explainingLanguage != nil
    let levels = LanguageLevel.allCases.map(\.rawValue)
    let registers = ExpressionDetails.Register.allCases.map(\.rawValue)
    let expression: [Property?] = [
      Property("cues", .array(.cueNumber, minimum: 1, maximum: 6)),
      Property("dictionary_form", phrase),
      Property("expression", phrase),
      Property("level", .choice(levels)),
      Property("literal_meaning", .optionalString(sentenceLimit)),
      Property("meaning", sentence),
      Property("register", .choice(registers)),
      Property("similar", .array(phrase, minimum: 1, maximum: 3)),
      translates ? Property("translation", sentence) : nil,
      Property("usage_note", sentence),
      Property("usefulness", .choice(Usefulness.allCases.map(\.rawValue))),
    ]
    let translation = AnswerShape.object([Property("cue", .cueNumber), Property("text", sentence)])
    let context: [Property?] = [
      Property(
        "expressions", .array(.object(expression.compactMap(\.self)), minimum: 1, maximum: 3)),
      Property("first_cue", .cueNumber),
      Property("last_cue", .cueNumber),
      request.wantsCueTranslations
        ? Property("translations", .array(translation, minimum: 1, maximum: 20)) : nil,
    ]
    let contexts = AnswerShape.array(
      .object(context.compactMap(\.self)), minimum: 0, maximum: nil)
    return .object([Property("contexts", contexts)])
  }
}
