/// One section of a prompt: text with placeholders and blocks.
struct PromptTemplate: Sendable, Hashable {
  indirect enum Part: Sendable, Hashable {
    case text(String)
    case value(PromptPlaceholder)
    /// Stays where the value is there, or, if inverted, where it is absent.
    case block(PromptPlaceholder, isInverted: Bool, [Part])
  }

  var parts: [Part]

  /// The text with its values put in, once: what a value holds is never looked at as a template.
  func text(with values: [PromptPlaceholder: String]) -> String {
    var text = ""
    Self.append(parts, with: values, to: &text)
    return text
  }

  private static func append(
    _ parts: [Part], with values: [PromptPlaceholder: String], to text: inout String
  ) {
    for part in parts {
      switch part {
      case .text(let fixed): text += fixed
      case .value(let placeholder): text += values[placeholder] ?? ""
      case .block(let placeholder, let isInverted, let inner):
        if (values[placeholder] == nil) == isInverted { append(inner, with: values, to: &text) }
      }
    }
  }
}
