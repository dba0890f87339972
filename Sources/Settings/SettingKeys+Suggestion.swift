extension SettingKeys {
  /// The name that was probably meant by an unknown one, if one is near enough.
  ///
  /// A name's last part counts too, so that "clips" finds "selection.clips".
  package static func suggestion(for wrong: String, among names: [String]) -> String? {
    let wrong = wrong.lowercased()
    // What is longer than any name is near none, and the distance takes quadratic time.
    guard wrong.utf8.count <= 64 else { return nil }
    let nearest = names.map { name in
      let lastPart = name.split(separator: ".").last.map { String($0) } ?? name
      return (name: name, distance: min(distance(wrong, name), distance(wrong, lastPart)))
    }.min { $0.distance < $1.distance }
    guard let nearest, nearest.distance <= max(1, wrong.utf8.count / 3) else { return nil }
    return nearest.name
  }

  /// How many letters to add, take away, change or swap with the next to make one of the other.
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var rows = [Array(0...right.count)]
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let isSame = left[i] == right[j]
        var steps = min(rows[i][j] + (isSame ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          steps = min(steps, rows[i - 1][j - 1] + 1)
        }
        row.append(steps)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
