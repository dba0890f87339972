import Expressions

/// What models get wrong although the server did its part.
package enum AnswerFlaw: Sendable, Hashable, CaseIterable {
  /// The JSON stands inside sentences.
  case prose
  /// The JSON stands in a Markdown fence.
  case fence
  /// JSON of another shape.
  case wrongSchema
  /// Every cue number is one that the prompt had not.
  case wrongCueNumbers
  /// The right shape without a single context.
  case emptyList
  /// The most tokens are used up in the middle of the JSON, and the vendor says so.
  case truncated
  /// The JSON ends in its middle, and the vendor says that it is complete.
  case cutShort
  /// No text at all.
  case noText

  package func spoil(_ answer: ModelAnswer) -> ModelAnswer {
    var answer = answer
    let half = String(answer.text.prefix(max(1, answer.text.count / 2)))
    switch self {
    case .prose:
      answer.text = "Sure! Here is what I found:\n\n\(answer.text)\n\nLet me know if you need more."
    case .fence: answer.text = "```json\n\(answer.text)\n```"
    case .wrongSchema: answer.text = #"{"contexts":{"first_cue":"twelve"},"found":[1,2]}"#
    case .wrongCueNumbers:
      answer.text = JSONValue.decoded(from: answer.text).map { Self.shifted($0).encodedText } ?? ""
    case .emptyList: answer.text = #"{"contexts":[]}"#
    case .truncated:
      answer.text = half
      answer.finish = .truncated
    case .cutShort: answer.text = half
    case .noText: answer.text = ""
    }
    return answer
  }

  private static func shifted(_ value: JSONValue, isCue: Bool = false) -> JSONValue {
    switch value {
    case .number(let number) where isCue: .number(number + 100_000)
    case .array(let elements): .array(elements.map { shifted($0, isCue: isCue) })
    case .object(let members):
      .object(
        Dictionary(
          uniqueKeysWithValues: members.map { name, member in
            (name, shifted(member, isCue: name == "cues" || name.hasSuffix("cue")))
          }))
    default: value
    }
  }
}
