import Expressions
import Foundation
import ModelServer
import Testing

@Suite("Plausible answers to langflix's prompts")
struct MiningTests {
  private static let prompt = """
    Show: Elm Street
    <before>
    - ANNA: Where were you?
    </before>
    <dialogue>
    [11] ANNA: I figured it all out.
    [12] Hm.
    [13] BEN: Did you? / Really?
    [14] Get out of here!
    [15] …
    [16] No.
    [17] He's pulling your leg, you know: always.
    </dialogue>
    Mine cues 11 to 17.
    """

  private static func parse(_ text: String) -> JSONValue? {
    try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  @Test("Cues are read with and without a speaker; lead-in cues are not mined")
  func cues() {
    let cues = Mining().cues(in: Self.prompt)
    #expect(cues.map(\.number) == Array(11...17))
    #expect(cues.first?.text == "I figured it all out.")
    #expect(cues[3].text == "Get out of here!")
    let marked = Mining(leadInMarker: "context only", cuesMarker: "Mine these")
    #expect(
      marked.cues(in: "These are context only:\n[1] One two.\nMine these:\n[2] BEN: Three four.")
        == [.init(number: 2, text: "Three four.")])
    #expect(Mining().cues(in: "no cues").isEmpty)
  }

  @Test("Every expression stands in the cue that it names, within its context")
  func grounded() throws {
    let cues = Dictionary(
      uniqueKeysWithValues: Mining().cues(in: Self.prompt).map { ($0.number, $0.text) })
    let contexts = try #require(Mining().answer(to: Self.prompt)["contexts"]?.array)
    #expect(contexts.count == 3)
    for context in contexts {
      let first = try #require(context["first_cue"]?.integer)
      let last = try #require(context["last_cue"]?.integer)
      #expect(first <= last)
      for expression in try #require(context["expressions"]?.array) {
        let number = try #require(expression["cues"]?.array?.first?.integer)
        let phrase = try #require(expression["expression"]?.string)
        #expect((first...last).contains(number))
        #expect(cues[number]?.contains(phrase) == true, "\(phrase)")
        #expect((2...3).contains(phrase.split(separator: " ").count), "\(phrase)")
        #expect(phrase.last?.isLetter == true)
      }
    }
    #expect(contexts[0]["translations"]?.array?.count == 3)
  }

  @Test("Only what the schema has is answered, and all that it requires")
  func schema() {
    let schema: JSONValue = [
      "type": "object", "required": ["contexts", "remark", "kind", "counts", "maybe"],
      "properties": [
        "contexts": ["type": "array", "items": ["$ref": "#/$defs/Context"]],
        "remark": ["type": "string"], "kind": ["enum": ["a", "b"]],
        "counts": ["type": "array", "minItems": 1, "items": ["type": "integer"]],
        "maybe": ["anyOf": [["type": "null"], ["type": "string"]]],
      ],
      "$defs": [
        "Context": [
          "type": "object", "required": ["first_cue"],
          "properties": ["first_cue": ["type": "integer"]],
        ]
      ],
    ]
    #expect(
      Mining().answer(to: "[4] Get out.", schema: schema) == [
        "contexts": [["first_cue": 4]], "remark": "text", "kind": "a", "counts": [1],
        "maybe": .null,
      ])
  }

  @Test("The whole way through each protocol, and back", arguments: Vendor.allCases)
  func endToEnd(_ vendor: Vendor) throws {
    let schema: JSONValue = [
      "type": "object", "properties": ["contexts": ["type": "array", "items": ["type": "object"]]],
    ]
    let body = Samples.body(vendor, user: Self.prompt, schema: schema)
    let reply = PlausibleModel(latency: .seconds(5)).reply(to: Samples.request(vendor, body))
    #expect(reply.delay == .seconds(5))
    let answer = try #require(reply.answer(vendor))
    #expect(Self.parse(answer) == Mining().answer(to: Self.prompt))
  }

  @Test("Flaws are what they are called", arguments: Vendor.allCases)
  func flaws(_ vendor: Vendor) throws {
    let body = Samples.body(vendor, user: Self.prompt, schema: ["type": "object"])
    let request = Samples.request(vendor, body)
    func reply(_ flaw: AnswerFlaw) -> ScriptedReply {
      PlausibleModel { _ in .flaw(flaw) }.reply(to: request)
    }
    let good = Mining().answer(to: Self.prompt)
    for flaw in [AnswerFlaw.prose, .fence, .cutShort] {
      let text = try #require(reply(flaw).answer(vendor))
      #expect(Self.parse(text) == nil, "\(flaw)")
      #expect(text.contains("contexts"), "\(flaw)")
    }
    let wrong = try #require(reply(.wrongCueNumbers).answer(vendor).flatMap(Self.parse))
    #expect(wrong["contexts"]?.array?.first?["first_cue"] == 100_011)
    #expect(wrong["contexts"]?.array?.count == good["contexts"]?.array?.count)
    #expect(reply(.emptyList).answer(vendor).flatMap(Self.parse) == ["contexts": []])
    #expect(reply(.wrongSchema).answer(vendor).flatMap(Self.parse)?["contexts"]?.array == nil)
    #expect(reply(.noText).answer(vendor)?.isEmpty != false)
    let cut = try #require(reply(.truncated).json)
    let reason: JSONValue? =
      switch vendor {
      case .gemini: cut["candidates"]?.array?.first?["finishReason"]
      case .openai: cut["choices"]?.array?.first?["finish_reason"]
      case .ollama: cut["done_reason"]
      case .anthropic: cut["stop_reason"]
      }
    #expect(["MAX_TOKENS", "length", "max_tokens"].contains(reason?.string))
  }
}
