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
  /// - Parameter version: another one for each text.
  /// - Throws: `PromptError` for an unknown placeholder, a block that is not closed, a missing
  ///   section or a user section without {{cues}}.
  package init(text: String, version: String) throws(PromptError) {
    try self.init(PromptSections(text), version: version)
  }

  private init(_ sections: PromptSections, version: String) throws(PromptError) {
    self.version = version
    system = sections.system
    user = sections.user
  }
}
