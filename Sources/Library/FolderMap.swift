import SystemPackage

/// The folders that a library is known to have, by what they are, by path, and by watch. Holds
/// nothing about files.
struct FolderMap {
  struct Folder {
    var path: FilePath
    var use: FolderUse
    /// Nil when the kernel had no watch left for it: only scans see what happens in it.
    var watch: Int32?
    /// Reached through a symbolic link, itself or a folder above it.
    var isLinked: Bool
    /// The last scan in whose time it was listed or seen to be unchanged.
    var scan: Int
    /// On a file system that does not tell all, watched or not.
    var isRemote = false
    var stamp: FolderStamp?
    /// Its listing saw all that its stamp stands for, and nothing in it can change without a word.
    var isKnown = false
    /// The videos and subtitle files that its last listing saw.
    var files = 0

    /// Events do not tell of all that happens in it.
    var isPolled: Bool { watch == nil || isRemote }
  }

  private var folders: [FileIdentity: Folder] = [:]
  private var identities: [FilePath: FileIdentity] = [:]
  private var watches: [Int32: FileIdentity] = [:]

  var count: Int { folders.count }
  /// The kernel had a watch for each that needs one.
  var isFullyWatched: Bool { folders.values.allSatisfy { $0.watch != nil || $0.isRemote } }
  var hasPolled: Bool { folders.values.contains(where: \.isPolled) }
  var all: [FileIdentity] { Array(folders.keys) }
  var polled: [FileIdentity] { folders.filter { $0.value.isPolled }.map(\.key) }

  subscript(identity: FileIdentity) -> Folder? { folders[identity] }

  func folder(ofWatch watch: Int32) -> Folder? {
    watches[watch].flatMap { folders[$0] }
  }

  func identity(of path: FilePath) -> FileIdentity? { identities[path] }

  /// Puts a folder in, in place of what was known under the same identity.
  /// - Returns: the watch of another folder that was known at this path, which is of no more use.
  mutating func insert(_ folder: Folder, identity: FileIdentity) -> Int32? {
    var useless: Int32?
    if let former = identities[folder.path], former != identity {
      let watch = remove(former)?.watch
      // A network file system may give one folder another inode, and the kernel still the same
      // watch.
      useless = watch == folder.watch ? nil : watch
    }
    if let old = folders[identity] {
      if identities[old.path] == identity { identities[old.path] = nil }
      if let watch = old.watch { watches[watch] = nil }
    }
    folders[identity] = folder
    identities[folder.path] = identity
    if let watch = folder.watch { watches[watch] = identity }
    return useless
  }

  mutating func update(_ identity: FileIdentity, _ change: (inout Folder) -> Void) {
    guard var folder = folders[identity] else { return }
    change(&folder)
    folders[identity] = folder
  }

  /// Events may have been lost, so that unchanged folders say nothing about the files in them.
  mutating func doubtAll() {
    for identity in folders.keys { folders[identity]?.isKnown = false }
  }

  /// The kernel ended a watch.
  mutating func forget(watch: Int32) -> Folder? {
    watches[watch].flatMap { remove($0) }
  }

  /// Forgets a folder and all below it.
  /// - Returns: their watches, which the caller ends.
  mutating func removeTree(at path: FilePath) -> [Int32] {
    guard identities[path] != nil else { return [] }
    return remove { $0.path.starts(with: path) }
  }

  /// Forgets the folders that a scan of the whole tree did not meet.
  /// - Returns: their watches, which the caller ends.
  mutating func removeNotSeen(inScan scan: Int) -> [Int32] {
    remove { $0.scan < scan }
  }

  mutating func removeAll() -> [Int32] {
    remove { _ in true }
  }

  private mutating func remove(where isGone: (Folder) -> Bool) -> [Int32] {
    let gone = folders.filter { isGone($0.value) }
    return gone.keys.compactMap { remove($0)?.watch }
  }

  @discardableResult
  private mutating func remove(_ identity: FileIdentity) -> Folder? {
    guard let folder = folders.removeValue(forKey: identity) else { return nil }
    if identities[folder.path] == identity { identities[folder.path] = nil }
    if let watch = folder.watch { watches[watch] = nil }
    return folder
  }
}
