/// Everything that is wrong with the configuration, found before anything starts.
///
/// Each problem is one line that names the source (file and line, variable or option), the key, the
/// value and what is allowed.
package struct ConfigurationError: Error, CustomStringConvertible, Equatable {
  package let problems: [String]

  package var description: String {
    guard problems.count != 1 else { return problems[0] }
    return "the configuration has \(problems.count) problems:\n"
      + problems.map { "  \($0)" }.joined(separator: "\n")
  }
}
