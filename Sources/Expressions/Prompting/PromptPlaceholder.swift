/// The values that a prompt's text may name; `prompt.txt` explains each.
enum PromptPlaceholder: String, Sendable, CaseIterable {
  case sourceLanguage = "source_language"
  case targetLanguage = "target_language"
  case meaningLanguage = "meaning_language"
  case level
  case known
  case show
  case episode
  case leadIn = "lead_in"
  case cues
  case firstCue = "first_cue"
  case lastCue = "last_cue"
  /// There or absent, without a text of its own.
  case translateCues = "translate_cues"

  var isForBlocksOnly: Bool { self == .translateCues }

  static let namesOfValues = names(of: allCases.filter { !$0.isForBlocksOnly })
  static let namesOfBlocks = names(of: allCases)

  private static func names(of placeholders: [Self]) -> String {
    placeholders.map(\.rawValue).joined(separator: ", ")
  }
}
