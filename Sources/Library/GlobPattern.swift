import Subtitles

/// A pattern for files and folders of a library, without case.
///
/// Without a slash it is for one name, wherever it lies. With a slash it is for the whole path below
/// the library's root, in which `**` stands for any number of folders. A leading `!` takes back what
/// others exclude.
package struct GlobPattern: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case name(NamePattern)
    case anyFolders
  }

  /// As it was written.
  package let text: String
  package let takesBack: Bool
  private let isForPath: Bool
  private let parts: [Part]

  /// Nil when it could match nothing: nothing is left of it, or it holds an empty name.
  package init?(_ text: String) {
    self.text = text
    var text = Substring(text)
    takesBack = text.hasPrefix("!")
    if takesBack { text.removeFirst() }
    isForPath = text.contains("/")
    // A slash at either end only says that it is for the whole path.
    if text.hasPrefix("/") { text.removeFirst() }
    if text.hasSuffix("/") { text.removeLast() }
    let names = text.split(separator: "/", omittingEmptySubsequences: false)
    guard !names.contains(""), !text.contains("\0") else { return nil }
    parts = names.map { $0 == "**" && text.contains("/") ? .anyFolders : .name(.init(String($0))) }
  }

  /// - Parameter names: the names below the root, the last one being that of the file or folder.
  package func matches(_ names: [String]) -> Bool {
    guard isForPath else {
      guard case .name(let pattern) = parts[0], let name = names.last else { return false }
      return pattern.matches(name)
    }
    return states(after: names).contains(parts.count)
  }

  /// Whether something in this folder, at any depth, could match.
  package func mayMatch(below names: [String]) -> Bool {
    !isForPath || states(after: names).contains { $0 < parts.count }
  }

  /// How many parts may have been used up by these names: a set, so that many `**` take no
  /// exponential time.
  private func states(after names: [String]) -> Set<Int> {
    var states = closure([0])
    for name in names {
      var next: Set<Int> = []
      for state in states where state < parts.count {
        switch parts[state] {
        case .anyFolders: next.insert(state)
        case .name(let pattern): if pattern.matches(name) { next.insert(state + 1) }
        }
      }
      states = closure(next)
    }
    return states
  }

  /// `**` may stand for no folder at all.
  private func closure(_ states: Set<Int>) -> Set<Int> {
    var all = states
    for var state in states {
      while state < parts.count, parts[state] == .anyFolders {
        state += 1
        all.insert(state)
      }
    }
    return all
  }
}
