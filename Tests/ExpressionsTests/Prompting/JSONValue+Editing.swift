import Expressions

extension JSONValue {
  /// A member, to be changed in place; nothing happens where this is no object.
  subscript(at key: String) -> JSONValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members[key]
    }
    set {
      guard case .object(var members) = self else { return }
      members[key] = newValue
      self = .object(members)
    }
  }

  /// An element of a member that is a list.
  subscript(at key: String, index: Int) -> JSONValue {
    get { self[at: key]?.array?[index] ?? .null }
    set {
      guard var elements = self[at: key]?.array else { return }
      elements[index] = newValue
      self[at: key] = .array(elements)
    }
  }
}
