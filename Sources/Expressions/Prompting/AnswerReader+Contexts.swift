extension AnswerReader {
  /// The contexts, wherever the model put them: in an object as asked for, in a bare list, alone,
  /// or one object deeper.
  static func contexts(in value: JSONValue) throws(AnswerShapeError) -> [JSONValue] {
    if let contexts = listed(in: value) { return contexts }
    if case .object(let members) = value {
      for key in members.keys.sorted() {
        if let inner = members[key], inner["contexts"] != nil, let contexts = listed(in: inner) {
          return contexts
        }
      }
    }
    throw AnswerShapeError(found: found(value))
  }

  private static func listed(in value: JSONValue) -> [JSONValue]? {
    switch value {
    case .object:
      guard let contexts = value["contexts"] else { return isItem(value) ? [value] : nil }
      switch contexts {
      case .array(let elements):
        return elements.isEmpty || elements.contains(where: \.isObject) ? elements : nil
      case .object: return [contexts]
      case .null, .bool, .number, .string: return nil
      }
    case .array(let elements):
      let contexts = elements.flatMap { $0["contexts"]?.elements ?? [$0] }
      return elements.isEmpty || contexts.contains(where: isItem) ? contexts : nil
    case .null, .bool, .number, .string: return nil
    }
  }

  private static func isItem(_ value: JSONValue) -> Bool {
    value["expressions"] != nil || value["expression"] != nil
  }

  private static func found(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      guard !members.isEmpty else { return "an empty object" }
      if let contexts = members["contexts"] {
        let what = contexts.array == nil ? contexts.kind : "a list without an object"
        return "\(what) in place of one"
      }
      let keys = members.keys.sorted().prefix(5).map { "\"\(PlainText.line($0, limit: 40))\"" }
      let more = members.count > keys.count ? " and others" : ""
      return "an object with \(keys.joined(separator: ", "))\(more)"
    case .array(let elements):
      return "a list whose first item is \(elements.first.map(\.kind) ?? "missing")"
    case .string(let text):
      return "the text \"\(PlainText.line(text, limit: 80))\""
    case .null, .bool, .number:
      return value.kind
    }
  }
}
