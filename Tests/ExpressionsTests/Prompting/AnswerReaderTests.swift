import Expressions
import Testing

struct AnswerReaderTests {
  private let lines = batch(
    ["I figured it all out.", "Really?", "Let's call it a day.", "Fine."], leadIn: ["So?"])
  private let item: JSONValue = [
    "cues": [10], "dictionary_form": "figure out", "expression": "figured it all out",
    "level": "B2", "literal_meaning": .null, "meaning": "to understand", "register": "informal",
    "similar": ["work out"], "translation": "알아내다", "usage_note": "Common.", "usefulness": "high",
  ]

  private func read(
    _ value: JSONValue, _ request: ExtractionRequest = englishForKoreans
  ) throws -> Answer {
    try AnswerReader(batch: lines, request: request).read(value)
  }

  private func answer(
    _ expressions: JSONValue..., first: JSONValue = 10, last: JSONValue = 12
  ) -> JSONValue {
    [
      "contexts": [
        ["expressions": .array(expressions), "first_cue": first, "last_cue": last]
      ]
    ]
  }

  private func item(_ changes: [String: JSONValue?]) -> JSONValue {
    var item = item
    for (key, value) in changes { item[at: key] = value }
    return item
  }

  @Test func aPerfectAnswer() throws {
    let candidate = Candidate(
      phrase: "figured it all out", dictionaryForm: "figure out", cueNumbers: [10],
      contextCueNumbers: 10...12, partOfSpeech: "phrase", meaning: "to understand",
      usefulness: 0.9,
      details: ExpressionDetails(
        translation: "알아내다", register: .informal, level: .b2, similar: ["work out"],
        usageNote: "Common."))
    #expect(try read(answer(item)) == Answer(candidates: [candidate]))
  }

  @Test func nothingWorthLearningIsAnAnswer() throws {
    #expect(try read(["contexts": []]) == Answer(candidates: []))
    #expect(try read([]) == Answer(candidates: []))
  }

  @Test func otherFormsOfTheSameThing() throws {
    let expected = try read(answer(item))
    let context = try #require(answer(item)["contexts"]?.array?.first)
    let forms: [JSONValue] = [
      [context], ["contexts": context], context, ["result": ["contexts": [context]]],
      [["contexts": [context]]],
      answer(item, first: "10", last: "[12]"), answer(item, first: 2, last: [12]),
      answer(item(["cues": 10])), answer(item(["cues": "10"])), answer(item(["cues": ["[10]"]])),
      answer(item(["cues": ["10", 10, 9, 4_000]])), answer(item(["level": " b2 "])),
      answer(item(["level": "B2+"])), answer(item(["register": "Informal"])),
      answer(item(["similar": "work out"])), answer(item(["similar": ["work out", .null, 7]])),
      answer(item(["similar": ["Figure out", "work out", "work\u{200B} out "]])),
      answer(item(["literal_meaning": "null"])), answer(item(["literal_meaning": nil])),
      answer(item(["literal_meaning": "N/A"])), answer(item(["mood": "grim"])),
      answer(item(["expression": " figured\nit \u{202E}all\u{7}out\u{FEFF}"])),
    ]
    for form in forms { #expect(try read(form) == expected, "\(form)") }
  }

  @Test func alone() throws {
    let alone = try read([item])
    #expect(alone.candidates.map(\.phrase) == ["figured it all out"])
    #expect(alone.candidates.first?.contextCueNumbers == nil)
  }

  @Test func optionalFieldsMayBeMissingOrUnusable() throws {
    let details: JSONValue = [
      "expression": "call it a day", "cues": [12], "meaning": "to stop working",
      "register": "jocular", "level": "D7", "similar": 4,
      "usage_note": .string(String(repeating: "long ", count: 200)),
    ]
    let candidate = try #require(try read(answer(details)).candidates.first)
    #expect(candidate.dictionaryForm == "call it a day")
    #expect(candidate.details == ExpressionDetails())
  }

  @Test func moreThanThreeExpressionsAreKeptInTheModelsOrder() throws {
    let forms = ["d", "b", "a", "c", "e"]
    let items = forms.map { item(["dictionary_form": .string($0)]) }
    let value: JSONValue = ["contexts": [["expressions": .array(items)]]]
    #expect(try read(value).candidates.map(\.dictionaryForm) == forms)
  }

  @Test(
    arguments: [
      ("expression", nil, "no_expression"), ("expression", " \u{200B} ", "no_expression"),
      ("expression", .string(String(repeating: "x", count: 121)), "too_long"),
      ("dictionary_form", .string(String(repeating: "x", count: 121)), "too_long"),
      ("meaning", .string(String(repeating: "x", count: 601)), "too_long"),
      ("meaning", nil, "no_meaning"), ("meaning", 5, "no_meaning"),
      ("meaning", "n/a", "no_meaning"),
      ("cues", nil, "no_cue"), ("cues", [], "no_cue"), ("cues", "first", "no_cue"),
      ("cues", .number(10.5), "no_cue"), ("cues", .number(1e300), "no_cue"),
      ("cues", [[10]], "no_cue"),
      ("cues", "99999999999999999999", "no_cue"),
      ("cues", [9], "cue_out_of_batch"), ("cues", [14, 400], "cue_out_of_batch"),
      ("cues", [-10], "cue_out_of_batch"),
    ] as [(String, JSONValue?, String)])
  func aBadItemCostsItselfAlone(key: String, value: JSONValue?, reason: String) throws {
    let good = item(["cues": [12], "expression": "call it a day"])
    let result = try read(answer(item([key: value]), good))
    #expect(result.candidates.map(\.phrase) == ["call it a day"])
    #expect(result.rejected == [reason: 1])
  }

  @Test func otherRejections() throws {
    #expect(try read(answer(item, "figure out", .null)).rejected == ["not_an_object": 2])
    #expect(try read(answer(item, item)).rejected == ["duplicate": 1])
    #expect(try read(answer(item, item(["cues": [12]]))).rejected == [:])
    #expect(try read(answer()).rejected == ["no_expression": 1])
    #expect(
      try read(["contexts": [["first_cue": 3], 4]]).rejected
        == ["no_expression": 1, "not_an_object": 1])
  }

  @Test(
    arguments: [
      (12, 10), (11, 12), (1, 9), (400, 500), ("ten", 12), (.null, 12), (.number(10.5), 12),
    ] as [(JSONValue, JSONValue)])
  func aSenselessContextIsNone(first: JSONValue, last: JSONValue) throws {
    let candidate = try #require(try read(answer(item, first: first, last: last)).candidates.first)
    #expect(candidate.contextCueNumbers == nil)
  }

  @Test func aContextIsClampedToTheBatch() throws {
    let candidate = try #require(try read(answer(item, first: 2, last: 9_000)).candidates.first)
    #expect(candidate.contextCueNumbers == 10...13)
  }

  @Test func translationsOfTheBatchsCues() throws {
    var request = englishForKoreans
    request.translatesCues = true
    var value = answer(item)
    value[at: "contexts", 0][at: "translations"] = [
      ["cue": 10, "text": "다 알아냈어."], ["cue": "[11]", "text": " 정말? \n"],
      ["cue": 10, "text": "두 번째"], ["cue": 9, "text": "그래서?"], ["cue": 12, "text": .null], 7,
    ]
    value[at: "translations"] = ["13": "좋아."]
    let translated = try read(value, request)
    #expect(translated.translations == [10: "다 알아냈어.", 11: "정말?", 13: "좋아."])
    #expect(translated.rejected == ["bad_translation": 3])
    #expect(translated.candidates.count == 1)
    // Where they weren't asked for they are nobody's.
    #expect(try read(value).translations == [:])
    #expect(try read(value).rejected == [:])
  }

  @Test func withoutATargetThereIsNoTranslation() throws {
    #expect(try read(answer(item), english).candidates.first?.details?.translation == nil)
  }

  @Test(
    arguments: [
      ("Sure! Here are the expressions", "the text \"Sure! Here"), (.null, "null"), (4, "a number"),
      ([:], "an empty object"), (["error": "no", "a\u{7}b": 1], "\"a b\", \"error\""),
      (["contexts": "none"], "a text in place"), (["contexts": .null], "null in place"),
      (["contexts": [1, "x"]], "without an object"), ([1, 2], "first item is a number"),
      ([["foo": 1]], "first item is an object"), (["error": []], "\"error\""),
    ] as [(JSONValue, String)])
  func whatIsNoAnswerIsAnError(value: JSONValue, found: String) throws {
    let error = #expect(throws: AnswerShapeError.self) { try read(value) }
    #expect(error?.description.contains(found) == true, "\(error?.description ?? "")")
  }

  @Test func usefulnessIsInTheMiddleWhereTheModelDoesNotSayIt() throws {
    func usefulness(_ value: JSONValue?) throws -> Double? {
      try read(answer(item(["usefulness": value]))).candidates.first?.usefulness
    }
    #expect(
      try ["high", "medium", " LOW "].map { try usefulness(.string($0)) } == [0.9, 0.6, 0.3])
    #expect(try [nil, .null, 5, "very"].map(usefulness) == [0.6, 0.6, 0.6, 0.6])
  }
}
