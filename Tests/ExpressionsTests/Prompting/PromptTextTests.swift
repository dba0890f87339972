import Expressions
import Subtitles
import Testing

struct PromptTextTests {
  private func user(_ text: String, _ request: ExtractionRequest = english) throws -> String {
    let prompt = try Prompt(
      text: "langflix prompt 1\n=== system ===\nGo.\n=== user ===\n\(text)", version: "x")
    return prompt.messages(for: batch(["Hi."], first: 1), request: request).user
  }

  @Test func theBuiltInPromptIsVersionTwo() {
    #expect(Prompt.builtIn.version == "2")
  }

  @Test func blocksVanishWithTheirValues() throws {
    let text = """
      {{#target_language}}
      Level {{level}}{{^lead_in}}, {{#known}}knows {{known}}{{/known}}{{/lead_in}}.
      {{/target_language}}
      {{^target_language}}
      No target.
      {{/target_language}}
      {{cues}}

      """
    #expect(try user(text) == "No target.\n[1] Hi.")
    let known = ExtractionRequest(
      sourceLanguage: "en", targetLanguage: "ko", level: LevelRange(.a2), known: ["so far"])
    #expect(try user(text, known) == "Level A2, knows so far.\n[1] Hi.")
    #expect(try user(text, englishForKoreans) == "Level B1, .\n[1] Hi.")
  }

  @Test func endsOfLinesAndAByteOrderMarkDoNotMatter() throws {
    let prompt = try Prompt(
      text:
        "\u{FEFF}langflix prompt 12\r\nnotes {{anything}}\r\n=== user ===\r\n\r\n{{ cues }}\r\nEnd\r\n"
        + "=== system === \r\n{{#known}}\r\nx\r\n{{/known}}\r\nGo.\r\n\r\n",
      version: "x")
    let messages = prompt.messages(for: batch(["Hi."], first: 1), request: english)
    #expect(messages == PromptMessages(system: "Go.", user: "[1] Hi.\nEnd"))
  }

  @Test(arguments: [
    ("", 1, "langflix prompt 1"),
    ("langflix prompt one", 1, "langflix prompt 1"),
    ("langflix prompt 1\n=== system ===\nGo.", 3, "=== user ==="),
    ("langflix prompt 1\n=== system ===\n\n=== user ===\n{{cues}}", 2, "no text"),
    ("langflix prompt 1\n=== system ===\nGo\n=== usr ===\n{{cues}}", 4, "=== user ==="),
    ("langflix prompt 1\n=== system ===\nGo\n=== user ===\nText", 4, "{{cues}}"),
    (
      "langflix prompt 1\n=== system ===\nGo\n=== user ===\n{{#level}}{{cues}}{{/level}}", 4,
      "{{cues}}"
    ),
    (
      "langflix prompt 1\n=== system ===\nGo\n\n=== user ===\n\nA\n{{nmae}} {{cues}}", 8,
      "first_cue"
    ),
    (
      "langflix prompt 1\n=== system ===\nGo {{translate_cues}}\n=== user ===\n{{cues}}", 3,
      "allowed"
    ),
    ("langflix prompt 1\n=== system ===\n{{#lvl}}\n=== user ===\n{{cues}}", 3, "translate_cues"),
    ("langflix prompt 1\n=== system ===\nGo\n{{#level}}\n=== user ===\n{{cues}}", 4, "{{/level}}"),
    (
      "langflix prompt 1\n=== system ===\nGo {{/level}}\n=== user ===\n{{cues}}", 3,
      "no block is open"
    ),
    (
      "langflix prompt 1\n=== system ===\n{{#level}}{{#show}}{{/level}}{{/show}}\n=== user ===\n{{cues}}",
      3, "{{/show}}"
    ),
    ("langflix prompt 1\n=== system ===\nGo {{level\n}}\n=== user ===\n{{cues}}", 3, "}}"),
  ])
  func mistakesAreNamedWithTheirLine(text: String, line: Int, word: String) throws {
    let error = #expect(throws: PromptError.self) { try Prompt(text: text, version: "x") }
    #expect(error?.line == line)
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  /// Every language that the program knows has a name, and the name means that language.
  @Test func languagesHaveEnglishNames() throws {
    let letters = "abcdefghijklmnopqrstuvwxyz"
    let codes = letters.flatMap { a in letters.map { "\(a)\($0)" } }
      .filter { LanguageTag.primary($0) == $0 }
    #expect(codes.count > 50)
    for code in codes {
      let request = ExtractionRequest(sourceLanguage: code, targetLanguage: nil)
      let name = try user("{{source_language}}\n{{cues}}", request).split(separator: "\n")[0]
      #expect(LanguageTag.primary(String(name)) == code, "\(name)")
    }
  }

  @Test(arguments: [
    ("pt-BR", "Portuguese (pt-BR)"), ("und", "the language of the dialogue"),
    ("tlh", "the language \"tlh\""), ("</x>\n", "the language of the dialogue"),
  ])
  func otherCodesAreNamedAsTheyCan(code: String, name: String) throws {
    let request = ExtractionRequest(sourceLanguage: code, targetLanguage: nil)
    #expect(try user("{{source_language}}\n{{cues}}", request) == "\(name)\n[1] Hi.")
  }
}
