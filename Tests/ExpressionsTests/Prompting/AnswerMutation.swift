import Expressions

/// Makes damaged answers of good ones, the same in every run.
struct AnswerMutation {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// The value with one to six changes.
  mutating func mutated(_ value: JSONValue) -> JSONValue {
    var value = value
    for _ in 0..<Int.random(in: 1...6, using: &generator) { value = changed(value) }
    return value
  }

  /// Goes down into the value and changes something on the way.
  private mutating func changed(_ value: JSONValue) -> JSONValue {
    let goesDeeper = Int.random(in: 0..<8, using: &generator) > 0
    switch value {
    case .object(var members) where goesDeeper && !members.isEmpty:
      let keys = members.keys.sorted()
      let key = keys[Int.random(in: 0..<keys.count, using: &generator)]
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: members[key] = nil
      case 1: members["extra"] = odd()
      case 2: members[key] = odd()
      default: members[key] = changed(members[key] ?? .null)
      }
      return .object(members)
    case .array(var elements) where goesDeeper && !elements.isEmpty:
      let index = Int.random(in: 0..<elements.count, using: &generator)
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: elements.remove(at: index)
      case 1: elements.append(elements[index])
      case 2: elements.append(odd())
      case 3: return elements[index]
      default: elements[index] = changed(elements[index])
      }
      return .array(elements)
    default:
      return odd()
    }
  }

  private mutating func odd() -> JSONValue {
    let odd: [JSONValue] = [
      .null, true, 0, -1, 8, 9, .number(7.5), .number(1e300), .number(-1e300), .number(9.3e18), "",
      "8", "[8]", "7-9", "c1",
      "99999999999999999999999", "\u{202E}\u{0}\u{200B}",
      .string(String(repeating: "a ", count: 700)),
      [], [:], [[]], ["contexts": []], ["contexts": [["expressions": [[:]]]]],
      ["cue": 8, "text": "x"],
      deep(), .array(Array(repeating: 8, count: 300)),
    ]
    return odd[Int.random(in: 0..<odd.count, using: &generator)]
  }

  private func deep() -> JSONValue {
    (0..<60).reduce("deep") { inner, level in
      level.isMultiple(of: 2) ? [inner] : ["expressions": inner]
    }
  }
}
