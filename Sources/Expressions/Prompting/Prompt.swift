/// What a language model is asked, as a text that a person can read and replace.
///
/// The text has a first line ("langflix prompt 1"), notes that are never sent, and the sections
/// "=== system ===" and "=== user ===". `prompt.txt`, the built-in one, explains its placeholders.
package struct Prompt: Sendable, Hashable {
  /// Part of the key that answers are kept under: "1" for the built-in prompt.
  package let version: String
  let system: PromptTemplate
  let user: PromptTemplate

  package static let builtIn: Prompt = {
    let text = String(decoding: PackageResources.prompt_txt, as: UTF8.self)
    do {
      let sections = try PromptSections(text)
      return try Prompt(sections, version: sections.number)
    } catch {
      preconditionFailure("the built-in prompt is damaged: \(error)")
    }
  }()

  /// Reads the text of a prompt.
  /// - Parameter version: nil for "custom-" and 32 hexadecimal digits that stand for the text (two
  ///   FNV-1a hashes of 64 bits, for telling texts apart, not for safety).
  /// - Throws: `PromptError` for an unknown placeholder, a block that is not closed, a missing
  ///   section or a user section without {{cues}}.
  package init(text: String, version: String? = nil) throws(PromptError) {
    try self.init(PromptSections(text), version: version ?? Self.customVersion(of: text))
  }

  private init(_ sections: PromptSections, version: String) throws(PromptError) {
    self.version = version
    system = sections.system
    user = sections.user
  }

  private static func customVersion(of text: String) -> String {
    // The second start is the first one's hash of one byte, so that the two differ from there on.
    let starts: [UInt64] = [0xCBF2_9CE4_8422_2325, 0xAF63_BD4C_8601_B7DF]
    let hashes = starts.map { start in
      text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
    let digits = hashes.map { hash in
      let text = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return "custom-" + digits.joined()
  }
}
