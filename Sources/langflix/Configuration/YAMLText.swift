import SystemPackage
import Yams

/// What the reader needs to know of YAML beyond its tree.
enum YAMLText {
  /// The one document of a file, or nil where the file holds none.
  static func root(of file: ConfigurationFile) throws(ConfigurationError) -> Node? {
    do {
      return try Parser(yaml: file.text, encoding: .utf8).singleRoot()
    } catch {
      let (line, text) = place(error)
      let path = ShownText.plain(file.path.string)
      throw ConfigurationFile.problem(
        "\(path)\(line.map { ":\($0)" } ?? ""): \(ShownText.plain(text))")
    }
  }

  static func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

  static func isNull(_ node: Node) -> Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private static func place(_ error: any Error) -> (line: Int?, text: String) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let rest = context.map { " \($0.text) (line \($0.mark.line))" } ?? ""
      return (mark.line, "not valid YAML: \(problem)\(rest); check the indentation and the quotes")
    case .duplicatedKeysInMapping(let keys, let context):
      let shown = keys.map { ShownText.quoted($0) }.joined(separator: ", ")
      return (context.mark.line, "\(shown) occurs more than once in the same map; keep one")
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).count { $0.isNewline } + 1 }
      return (line, "not valid YAML: \(problem)")
    default:
      return (nil, "not valid YAML: \(error)")
    }
  }
}
