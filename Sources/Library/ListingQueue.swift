import SystemPackage

/// The folders that wait to be listed.
struct ListingQueue {
  struct Item {
    var path: FilePath
    var use: FolderUse
    /// Reached through a symbolic link, itself or a folder above it.
    var isLinked = false
    /// An event told of it, so what lies in it has arrived just now.
    var isNews = false
    /// List all folders below it; else those only that are not known yet.
    var isDeep = true
  }

  enum Turn {
    case first
    /// After all others but links: it looks as it did when it was listed last.
    case late
    /// After all others.
    case link
  }

  private var items: [Item] = []
  private var late: [Item] = []
  private var links: [Item] = []

  var isEmpty: Bool { items.isEmpty && late.isEmpty && links.isEmpty }

  mutating func append(_ item: Item, turn: Turn = .first) {
    switch turn {
    case .first: items.append(item)
    case .late: late.append(item)
    case .link: links.append(item)
    }
  }

  /// Links come last and in the order of their paths: a folder that can be reached in two ways is
  /// then found at the same path in each scan.
  mutating func next() -> Item? {
    if let item = items.popLast() ?? late.popLast() { return item }
    guard let first = links.indices.min(by: { links[$0].path.precedes(links[$1].path) }) else {
      return nil
    }
    return links.remove(at: first)
  }

  mutating func removeAll() {
    self = ListingQueue()
  }
}
