/// What a terminal would obey instead of showing it.
package enum HiddenCharacters {
  /// Controls, separators of lines and paragraphs, and the marks by which the rest of a line reads from right to left
  /// ("exe.png" for "gnp.exe").
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2028...0x202E, 0x2066...0x2069: true
    default: scalar.properties.generalCategory == .control
    }
  }
}
