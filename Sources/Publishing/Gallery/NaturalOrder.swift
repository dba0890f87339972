/// The order in which people list episodes: numbers in a name count as numbers. The same everywhere, whatever the
/// machine's language.
enum NaturalOrder {
  static func areInOrder(_ first: String, _ second: String) -> Bool {
    var (one, other) = (Substring(first.lowercased()), Substring(second.lowercased()))
    while let head = one.first, let otherHead = other.first {
      if isDigit(head), isDigit(otherHead) {
        let (number, otherNumber) = (takeNumber(&one), takeNumber(&other))
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        if number != otherNumber { return number < otherNumber }
      } else if head != otherHead {
        return head < otherHead
      } else {
        one.removeFirst()
        other.removeFirst()
      }
    }
    if one.isEmpty != other.isEmpty { return one.isEmpty }
    return first < second
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  /// Without the zeros in front.
  private static func takeNumber(_ text: inout Substring) -> Substring {
    let digits = text.prefix(while: isDigit)
    text = text[digits.endIndex...]
    return digits.drop { $0 == "0" }
  }
}
