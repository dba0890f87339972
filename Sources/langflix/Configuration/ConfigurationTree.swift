import Settings
import SystemPackage
import Yams

/// What a configuration file says: its values with their lines, its libraries and providers, and its problems.
///
/// The file is read once and by one parser, so that a value and its line always belong together.
struct ConfigurationTree {
  private(set) var entries: [ConfigurationEntry] = []
  /// The names under `libraries` and `providers`, each with its line.
  private(set) var names: [String: [(name: String, line: Int)]] = [:]
  private(set) var problems: [String] = []
  let path: FilePath

  /// Throws only where the text is not YAML at all; everything else becomes a problem.
  init(_ file: ConfigurationFile) throws(ConfigurationError) {
    path = file.path
    guard let root = try YAMLText.root(of: file), !YAMLText.isNull(root) else { return }
    guard case .mapping(let mapping) = root else {
      report(root, "the file must be a map of keys, such as 'media: /srv/media'")
      return
    }
    for (keyNode, value) in mapping {
      guard let key = readKey(keyNode, below: []) else { continue }
      if let section = ConfigurationSection.all.first(where: { [$0.name] == key }) {
        readNamed(value, at: keyNode, of: section)
      } else {
        read(value, at: keyNode, of: key, schema: .top)
      }
    }
  }

  private mutating func readNamed(
    _ value: Node, at keyNode: Node, of section: ConfigurationSection
  ) {
    for (keyNode, value) in map(value, at: keyNode, of: [section.name]) {
      guard let key = readKey(keyNode, below: [section.name]) else { continue }
      if let problem = section.problem(with: key[1]) {
        report(keyNode, problem)
        continue
      }
      names[section.name, default: []].append((key[1], YAMLText.line(keyNode)))
      for (innerNode, inner) in map(value, at: keyNode, of: key) {
        guard let innerKey = readKey(innerNode, below: key) else { continue }
        read(inner, at: innerNode, of: innerKey, schema: section.schema)
      }
    }
  }

  private mutating func read(
    _ value: Node, at keyNode: Node, of key: [String], schema: ConfigurationSchema
  ) {
    if let form = schema.form(of: key) {
      readValue(value, at: keyNode, of: key, form: form)
    } else if schema.isSection(key) {
      for (innerNode, inner) in map(value, at: keyNode, of: key) {
        guard let innerKey = readKey(innerNode, below: key) else { continue }
        read(inner, at: innerNode, of: innerKey, schema: schema)
      }
    } else {
      report(keyNode, schema.unknownKey(key))
    }
  }

  private mutating func readKey(_ node: Node, below prefix: [String]) -> [String]? {
    guard case .scalar(let scalar) = node else {
      report(node, "a key must be a word, not a list or a map")
      return nil
    }
    return prefix + [scalar.string]
  }

  private mutating func readValue(
    _ node: Node, at keyNode: Node, of key: [String], form: SettingKeyForm
  ) {
    // A key without a value is one whose value was commented out.
    if YAMLText.isNull(node) { return }
    let name = key.joined(separator: ".")
    switch (node, form) {
    case (.scalar(let scalar), .text), (.scalar(let scalar), .path),
      (.scalar(let scalar), .optionalPath):
      add(key, .text(scalar.string), keyNode)
    case (.sequence(let nodes), .list):
      let texts = nodes.compactMap { YAMLText.isNull($0) ? nil : $0.scalar?.string }
      guard texts.count == nodes.count else {
        return report(keyNode, "\(name): each element of the list must be a single value")
      }
      add(key, .list(texts), keyNode)
    case (_, .list):
      report(keyNode, "\(name): give a list, such as [one, \"and another\"]")
    case (_, .text), (_, .path), (_, .optionalPath):
      report(keyNode, "\(name): give a single value, not a list or a map")
    }
  }

  private mutating func add(
    _ key: [String], _ value: ConfigurationEntry.Value, _ keyNode: Node
  ) {
    let source = ConfigurationEntry.Source.file(path, line: YAMLText.line(keyNode))
    let entry = ConfigurationEntry(
      key: key == [SettingKeys.media.name] ? ConfigurationEntry.mediaKey : key, value: value,
      source: source)
    // Only a key with two spellings comes twice: the parser refuses any other.
    if let other = entries.first(where: { $0.key == entry.key }) {
      report(
        keyNode,
        """
        media and libraries.media.path both name the library 'media'; keep one \
        (the other is at \(other.source))
        """
      )
    } else {
      entries.append(entry)
    }
  }

  private mutating func map(_ node: Node, at keyNode: Node, of key: [String]) -> Node.Mapping {
    if case .mapping(let mapping) = node { return mapping }
    if !YAMLText.isNull(node) {
      let name = ShownText.plain(key.joined(separator: "."))
      report(keyNode, "\(name): give a map of keys, indented below it")
    }
    return Node.Mapping([])
  }

  private mutating func report(_ node: Node, _ text: String) {
    problems.append("\(ShownText.plain(path.string)):\(YAMLText.line(node)): \(text)")
  }
}
