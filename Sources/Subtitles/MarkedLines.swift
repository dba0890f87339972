/// A text's lines, without what would end an entry (blank lines and arrows), and what is marked.
struct MarkedLines {
  private struct Item {
    var scalar: Unicode.Scalar
    var isMarked: Bool
  }

  private var lines: [[Item]] = []

  /// - Parameter marks: whole characters in order, without overlap, in UTF-8 code units.
  init(_ text: String, _ marks: [Range<Int>] = []) {
    var line: [Item] = []
    var rest = marks[...]
    var position = 0
    var dashes = 0
    for scalar in text.unicodeScalars {
      while let mark = rest.first, mark.upperBound <= position { rest = rest.dropFirst() }
      let isMarked = rest.first.map { $0.lowerBound <= position } ?? false
      position += UTF8.width(scalar)
      if scalar.isLineEnd {
        end(&line)
        dashes = 0
      } else if scalar.value >= 0x20 || scalar == "\t" {
        // SubRip's readers take an arrow with one dash, too.
        if scalar == ">", dashes >= 1 {
          line.removeLast(min(2, dashes))
          line.append(Item(scalar: "\u{2192}", isMarked: isMarked))
        } else {
          line.append(Item(scalar: scalar, isMarked: isMarked))
        }
        dashes = scalar == "-" ? dashes + 1 : 0
      }
    }
    end(&line)
  }

  private mutating func end(_ line: inout [Item]) {
    if line.contains(where: { !$0.scalar.isBlank }) { lines.append(line) }
    line = []
  }

  var plain: String {
    lines.map { $0.map(\.scalar).text }.joined(separator: "\n")
  }

  var webVTT: String {
    marked { line, index in
      switch line[index].scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: nil
      }
    }
  }

  var subRip: String {
    marked { line, index in Self.beginsTag(line, at: index) ? "\u{2039}" : nil }
  }

  /// ASS knows no escape either: braces and backslashes become those of full width, which look alike.
  var ass: String {
    marked(bold: ("{\\b1}", "{\\b0}"), lineEnd: "\\N") { line, index in
      switch line[index].scalar {
      case "{": "\u{FF5B}"
      case "}": "\u{FF5D}"
      case "\\": "\u{FF3C}"
      default: Self.beginsTag(line, at: index) ? "\u{2039}" : nil
      }
    }
  }

  /// Each line with its own tags, for players take lines one by one.
  private func marked(
    bold: (begin: String, end: String) = ("<b>", "</b>"), lineEnd: String = "\n",
    _ replacement: ([Item], Int) -> String?
  ) -> String {
    var output = String.UnicodeScalarView()
    for (number, line) in lines.enumerated() {
      if number > 0 { output.append(contentsOf: lineEnd.unicodeScalars) }
      var isBold = false
      for (index, item) in line.enumerated() {
        if item.isMarked != isBold {
          output.append(contentsOf: (isBold ? bold.end : bold.begin).unicodeScalars)
          isBold = item.isMarked
        }
        if let text = replacement(line, index) {
          output.append(contentsOf: text.unicodeScalars)
        } else {
          output.append(item.scalar)
        }
      }
      if isBold { output.append(contentsOf: bold.end.unicodeScalars) }
    }
    return String(output)
  }

  /// Whether "<b", "</i" and the like stand here, which players take for markup.
  private static func beginsTag(_ line: [Item], at index: Int) -> Bool {
    guard line[index].scalar == "<" else { return false }
    var name = line[(index + 1)...]
    if name.first?.scalar == "/" { name = name.dropFirst() }
    let letters = name.prefix { $0.scalar.isASCIILetter }.map(\.scalar).text.lowercased()
    return ["b", "i", "u", "s", "font"].contains(letters)
  }
}
