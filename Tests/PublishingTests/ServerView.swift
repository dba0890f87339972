import Foundation

/// What a server makes of a video, by the table.
enum ServerView: Equatable, CustomStringConvertible {
  case leftOut
  case extra
  /// Taken for an episode, by this expression.
  case episode(String)
  /// Seen, and without any number: some servers take such a video of a season's folder for an episode, too.
  case loose

  var description: String {
    switch self {
    case .leftOut: "left out"
    case .extra: "an extra"
    case .episode(let rule): "an episode, for \(rule)"
    case .loose: "a loose video"
    }
  }

  /// - Parameters:
  ///   - path: of a video, from the folder that the episode is in, with "/" before it.
  ///   - isSeason: whether that folder is a season's, else a series'.
  ///   - markers: the files in the folders on the way, by the folders' paths.
  init(
    _ server: ServerRule.Server, _ path: String, isSeason: Bool, markers: [String: [String: String]]
  ) {
    let rules = ServerRule.all.filter { $0.server == server }.map(\.effect)
    if rules.contains(where: { $0.leavesOut(path, markers) }) {
      self = .leftOut
    } else if rules.contains(where: { $0.shows(path, isSeason: isSeason) }) {
      self = .extra
    } else {
      self = Self.adopting(server, path).map(ServerView.episode) ?? .loose
    }
  }

  /// The expression by which a video would be an episode, wherever it lies.
  static func adopting(_ server: ServerRule.Server, _ path: String) -> String? {
    let texts = server == .sonarr ? readings(of: path) : [path]
    guard let text = texts.first(where: { matches($0, allAdopting[server] ?? "") }) else {
      return nil
    }
    return adopting(server).first { matches(text, $0) }
  }

  private static func adopting(_ server: ServerRule.Server) -> [String] {
    ServerRule.all.compactMap { rule -> String? in
      guard rule.server == server, case .adopts(let pattern) = rule.effect else { return nil }
      return pattern
    }
  }

  /// All of a server's in one, for most names match none.
  private static let allAdopting = Dictionary(
    uniqueKeysWithValues: ServerRule.Server.allCases.map { server in
      (server, adopting(server).map { "(?:\($0))" }.joined(separator: "|"))
    })

  /// What Sonarr looks for numbers in.
  private static func readings(of path: String) -> [String] {
    let parts = path.split(separator: "/").map(String.init)
    guard let file = parts.last else { return [] }
    let name = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    guard parts.count > 1 else { return [name] }
    let folder = parts[parts.count - 2]
    return [name, "\(folder) \(name)", folder]
  }

  static func matches(_ text: String, _ pattern: String) -> Bool {
    guard let expression = expressions[pattern] else { return false }
    let range = NSRange(text.startIndex..., in: text)
    return expression.firstMatch(in: text, range: range) != nil
  }

  private static let expressions: [String: NSRegularExpression] = {
    let patterns = ServerRule.all.compactMap { rule in
      switch rule.effect {
      case .adopts(let pattern), .leavesOut(let pattern): pattern
      case .respects, .showsExtras: nil
      }
    }
    return Dictionary(
      uniqueKeysWithValues: Set(patterns + allAdopting.values).map {
        // One that can't be read must not pass for one that never matches.
        ($0, try! NSRegularExpression(pattern: $0, options: .caseInsensitive))
      })
  }()
}

extension ServerRule.Effect {
  fileprivate func leavesOut(_ path: String, _ markers: [String: [String: String]]) -> Bool {
    switch self {
    case .leavesOut(let pattern): ServerView.matches(path, pattern)
    case .respects(let marker, let content):
      markers.contains { folder, files in
        path.hasPrefix(folder + "/") && files[marker] == content
      }
    case .adopts, .showsExtras: false
    }
  }

  fileprivate func shows(_ path: String, isSeason: Bool) -> Bool {
    guard case .showsExtras(let name, let inSeasons) = self, inSeasons || !isSeason else {
      return false
    }
    let parts = path.split(separator: "/")
    return parts.count == 2 && parts[0].lowercased() == name
  }
}
