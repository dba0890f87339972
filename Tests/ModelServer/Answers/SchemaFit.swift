import Expressions

/// Makes a value fit a JSON Schema: leaves out what the schema has not, fills in what it requires.
struct SchemaFit {
  /// Where `$ref` is looked up.
  let root: JSONValue

  func fit(_ value: JSONValue) -> JSONValue { fit(value, to: root) }

  private func fit(_ value: JSONValue, to schema: JSONValue) -> JSONValue {
    let schema = resolved(schema, for: value)
    switch value {
    case .object(var members):
      guard let properties = schema["properties"]?.members else { return value }
      members = members.filter { properties[$0.key] != nil }
      for (name, member) in members {
        if let property = properties[name] { members[name] = fit(member, to: property) }
      }
      for name in (schema["required"]?.array ?? []).compactMap(\.string)
      where members[name] == nil {
        members[name] = placeholder(properties[name] ?? [:])
      }
      return .object(members)
    case .array(let elements):
      guard let items = schema["items"] else { return value }
      return .array(elements.map { fit($0, to: items) })
    default:
      return value
    }
  }

  /// The schema behind a reference, and of several the one that the value could be meant for.
  private func resolved(_ schema: JSONValue, for value: JSONValue?) -> JSONValue {
    if let path = schema["$ref"]?.string, path.hasPrefix("#/") {
      let target = path.dropFirst(2).split(separator: "/").reduce(root) { value, key in
        value[String(key)] ?? [:]
      }
      return target["$ref"] == .string(path) ? [:] : resolved(target, for: value)
    }
    guard let choices = (schema["anyOf"] ?? schema["oneOf"])?.array else { return schema }
    let key =
      switch value {
      case .object?: "properties"
      case .array?: "items"
      default: "type"
      }
    return (choices.map { resolved($0, for: value) }.first { $0[key] != nil }) ?? [:]
  }

  private func placeholder(_ schema: JSONValue) -> JSONValue {
    let schema = resolved(schema, for: nil)
    if let choice = schema["enum"]?.array?.first { return choice }
    if let constant = schema["const"] { return constant }
    let type = schema["type"]?.string ?? schema["type"]?.array?.first?.string
    return switch type?.lowercased() {
    case "object": fit([:], to: schema)
    case "array":
      (schema["minItems"]?.integer ?? 0) > 0 ? [placeholder(schema["items"] ?? [:])] : []
    case "integer": schema["minimum"] ?? 1
    case "number": schema["minimum"] ?? .number(0.5)
    case "boolean": true
    case "null": .null
    default: "text"
    }
  }
}
