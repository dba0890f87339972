import Expressions
import Testing

@testable import LanguageModels

@Suite("Chat: the JSON in what a model wrote", .timeLimit(.minutes(1)))
struct JSONTextTests {
  private static let answer = #"{"contexts":[{"first_cue":1}]}"#
  private static let value: JSONValue = ["contexts": [["first_cue": 1]]]

  @Test(
    "it is found",
    arguments: [
      answer,
      " \n\(answer)\n",
      "```json\n\(answer)\n```",
      "~~~\n\(answer)\n~~~ That's all.",
      #"Here's what I'd "pick" (it's short): \#(answer) - isn't it "nice"?"#,
      "In cue [12] and {somewhere} I found: \(answer)",
      "An unclosed [ and { and \" before: \(answer)",
      "First {\"a\":1}, then \(answer), then [] and {}.",
      "<think>Is it {\"contexts\": [1, 2, 3, 4, 5, 6, 7, 8, 9]}? No.</think>\n\(answer)",
      "Broken {\"a\" 1} and whole \(answer)",
    ])
  func found(_ text: String) {
    #expect(JSONText.extract(from: text) == Self.value)
  }

  @Test("brackets and quotes in strings are text")
  func strings() {
    let text = #"So: {"a":"} ] \" { [ \\","b":["}"]} ok"#
    #expect(JSONText.extract(from: text) == ["a": #"} ] " { [ \"#, "b": ["}"]])
  }

  @Test("a bare list is found too")
  func list() {
    #expect(JSONText.extract(from: #"Sure: [{"expression":"x"}]"#) == [["expression": "x"]])
  }

  @Test(
    "a part of an answer is none, and neither is prose",
    arguments: [
      "", "no braces here", "I saw [12] and [13, 14].", String(answer.dropLast()),
      #"{"contexts":[{"first_cue":1,"expressions":[{"expression":"a"}]},{"first_cue":2"#,
      #"Sure: {"contexts":[{"first_cue":1},{"fir"#,
      "<think>Perhaps \(answer)",
    ])
  func none(_ text: String) {
    #expect(JSONText.extract(from: text) == nil)
  }

  @Test("deep nesting is refused before it is decoded")
  func deep() {
    let deep = { (depth: Int) in
      String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
    }
    #expect(JSONText.extract(from: deep(64)) != nil)
    #expect(JSONText.extract(from: deep(65)) == nil)
    #expect(JSONText.extract(from: "so: " + deep(100_000)) == nil)
    #expect(JSONText.extract(from: String(repeating: "[", count: 100_000)) == nil)
  }

  @Test(
    "a megabyte of brackets is read in one pass",
    arguments: ["{", "[", "[{", #"{"a":"#, "{}", "[]", "{ ", #"{"a"}"#, "\"{", "}"])
  func bounded(_ piece: String) {
    let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
    let began = ContinuousClock.now
    let found = JSONText.extract(from: text)
    #expect(found == nil || found == [:] || found == [])
    // Seconds even here; what is quadratic takes hours.
    #expect(ContinuousClock.now - began < .seconds(30))
  }
}
