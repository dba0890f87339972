extension AnswerSchema {
  /// Problems beyond these are not listed.
  package static let problemLimit = 20

  /// Where a value is not what the schema asks for, such as "contexts[0].first_cue is missing";
  /// empty for a perfect answer. The judgement is that of the `jsonSchema` dialect.
  package func problems(in value: JSONValue) -> [String] {
    var check = AnswerCheck()
    check.check(value, shape, at: "")
    return check.problems
  }
}

private struct AnswerCheck {
  private(set) var problems: [String] = []

  private var isFull: Bool { problems.count >= AnswerSchema.problemLimit }

  mutating func check(_ value: JSONValue, _ shape: AnswerShape, at path: String) {
    guard !isFull else { return }
    switch (shape, value) {
    case (.object(let properties), .object(let members)):
      check(members, properties, at: path)
    case (.array(let element, let minimum, let maximum), .array(let values)):
      if values.count < minimum { note("has fewer than \(minimum) items", at: path) }
      if let maximum, values.count > maximum { note("has more than \(maximum) items", at: path) }
      for (index, value) in values.enumerated() where !isFull {
        check(value, element, at: "\(path)[\(index)]")
      }
    case (.cueNumber, .number(let number)):
      if number != number.rounded() || number < 1 {
        note("is not a whole number from 1 on", at: path)
      }
    case (.string(let limit), .string(let text)), (.optionalString(let limit), .string(let text)):
      if text.unicodeScalars.count > limit { note("is longer than \(limit) characters", at: path) }
    case (.optionalString, .null):
      break
    case (.choice(let choices), .string(let text)):
      if !choices.contains(text) {
        note("is none of \(choices.joined(separator: ", "))", at: path)
      }
    case (.object, _), (.array, _), (.cueNumber, _), (.string, _), (.optionalString, _),
      (.choice, _):
      note("is \(value.kind), not \(shape.kind)", at: path)
    }
  }

  private mutating func check(
    _ members: [String: JSONValue], _ properties: [AnswerShape.Property], at path: String
  ) {
    let prefix = path.isEmpty ? "" : path + "."
    for property in properties where !isFull {
      if let value = members[property.name] {
        check(value, property.shape, at: prefix + property.name)
      } else {
        note("is missing", at: prefix + property.name)
      }
    }
    guard members.count > 0, !isFull else { return }
    let names = Set(properties.map(\.name))
    for key in members.keys.filter({ !names.contains($0) }).sorted() {
      note("has a key too many: \"\(PlainText.line(key, limit: 40))\"", at: path)
    }
  }

  private mutating func note(_ problem: String, at path: String) {
    guard !isFull else { return }
    problems.append("\(path.isEmpty ? "the answer" : path) \(problem)")
  }
}

extension AnswerShape {
  fileprivate var kind: String {
    switch self {
    case .object: "an object"
    case .array: "a list"
    case .cueNumber: "a whole number"
    case .string, .choice: "a text"
    case .optionalString: "a text or null"
    }
  }
}
