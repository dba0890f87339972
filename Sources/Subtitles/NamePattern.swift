/// A pattern for a name, of a file, a folder or a style: `*` stands for any run of characters, `?` for one; case
/// does not count.
package struct NamePattern: Sendable, Hashable {
  private let characters: [Character]

  package init(_ text: String) {
    characters = Array(text.lowercased())
  }

  /// Takes time in proportion to both lengths, whatever the pattern.
  package func matches(_ name: String) -> Bool {
    let name = Array(name.lowercased())
    var place = 0
    var nameIndex = 0
    // Where to go on when what follows the last star fails: one character more belongs to the star.
    var afterStar: Int?
    var starEnd = 0
    while nameIndex < name.count {
      if place < characters.count, characters[place] == "*" {
        place += 1
        afterStar = place
        starEnd = nameIndex
      } else if place < characters.count,
        characters[place] == "?" || characters[place] == name[nameIndex]
      {
        place += 1
        nameIndex += 1
      } else if let afterStar {
        place = afterStar
        starEnd += 1
        nameIndex = starEnd
      } else {
        return false
      }
    }
    return characters[place...].allSatisfy { $0 == "*" }
  }
}
