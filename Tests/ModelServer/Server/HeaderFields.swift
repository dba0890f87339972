/// HTTP header fields in the order in which they came or go; names match in any case.
package struct HeaderFields: Sendable, Hashable {
  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
  package var fields: [Field]

  package init(_ fields: [Field] = []) { self.fields = fields }

  /// The first value of that name. Setting replaces every field of the name; nil removes them.
  package subscript(name: String) -> String? {
    get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
    set {
      fields.removeAll { $0.name.lowercased() == name.lowercased() }
      if let newValue { fields.append(Field(name: name, value: newValue)) }
    }
  }

  /// The fields by lower-case name, with "(present)" for what holds a key.
  package var withoutSecrets: [String: String] {
    Dictionary(
      fields.map { field in
        let name = field.name.lowercased()
        return (name, Self.secretNames.contains(name) ? "(present)" : field.value)
      }
    ) { first, second in "\(first), \(second)" }
  }

  private static let secretNames: Set = [
    "authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie", "proxy-authorization",
  ]
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { Field(name: $0, value: $1) })
  }
}

// A failing test prints its values: keys stay out of that.
extension HeaderFields: CustomStringConvertible, CustomReflectable {
  package var description: String {
    withoutSecrets.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      .joined(separator: "; ")
  }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
