import Logging
import SystemPackage

// Listing folders, each of them watched before it is listed, so that nothing slips between.
extension WatchedLibrary {
  /// Lists a bounded number of folders, and ends the scan when none is left.
  func listSome(now: Instant) {
    guard scan != nil || !queue.isEmpty else { return }
    var found: [ObservedFile] = []
    for _ in 0..<Self.foldersPerSlice {
      guard !signals.isStopped, let item = queue.next() else { break }
      list(item, &found, now: now)
      if found.count >= Self.filesPerQuestion { noteUnknown(among: &found, now: now) }
    }
    noteUnknown(among: &found, now: now)
    if !signals.isStopped, queue.isEmpty, let scan { finishScan(scan, now: now) }
  }

  func unwatch(_ watches: [Int32]) {
    for watch in watches { inotify?.unwatch(watch) }
  }

  private func list(_ item: ListingQueue.Item, _ found: inout [ObservedFile], now: Instant) {
    do throws(Errno) {
      let folder = try OpenFolder(item.path)
      guard try !isAlias(item, folder.identity) else { return }
      register(item, folder.identity, watch: try watch(item.path))
      if !item.isNews { scan?.folders += 1 }
      while let entry = try folder.next() {
        switch entry.kind {
        case .folder: enter(entry.name, in: item)
        case .file: take(entry.name, in: folder, item, &found)
        case .link:
          // What is no file is a folder, or leads nowhere, which opening it tells.
          if folder.observe(entry.name) == nil {
            enter(entry.name, in: item, isLink: true)
          } else {
            take(entry.name, in: folder, item, &found)
          }
        case .other: break
        }
      }
    } catch {
      failed(item, error, now: now)
    }
  }

  /// Whether the folder is known at another path that still leads to it: a loop of links, or a bind
  /// mount.
  private func isAlias(_ item: ListingQueue.Item, _ identity: FileIdentity) throws(Errno) -> Bool {
    guard let known = folders[identity], known.path != item.path,
      (try? FileIdentity(of: known.path)) == identity
    else { return false }
    return item.isLinked || !known.isLinked
  }

  private func watch(_ path: FilePath) throws(Errno) -> Int32? {
    guard let inotify else { return nil }
    do throws(Errno) {
      try hooks.addWatch(path)
      return try inotify.watch(path)
    } catch .noSpace, .noMemory {
      met(.watchLimit(root, .noSpace))
      return nil
    }
  }

  private func register(_ item: ListingQueue.Item, _ identity: FileIdentity, watch: Int32?) {
    let useless = folders.insert(
      FolderMap.Folder(
        path: item.path, use: item.use, watch: watch, isLinked: item.isLinked, scan: scanNumber),
      identity: identity)
    if let useless { unwatch([useless]) }
  }

  private func enter(
    _ name: FilePath.Component, in parent: ListingQueue.Item, isLink: Bool = false
  ) {
    guard let use = rules.use(ofFolder: name, within: parent.use) else { return }
    let path = parent.path.appending(name)
    guard !otherRoots.contains(path), parent.isDeep || folders.identity(of: path) == nil else {
      return
    }
    var item = parent
    item.path = path
    item.use = use
    item.isLinked = parent.isLinked || isLink
    queue.append(item, isLink: isLink)
  }

  private func take(
    _ name: FilePath.Component, in folder: borrowing OpenFolder, _ item: ListingQueue.Item,
    _ found: inout [ObservedFile]
  ) {
    guard let kind = rules.kind(ofFile: name, within: item.use), let file = folder.observe(name)
    else { return }
    if item.isNews {
      firstScan?.arrived(file.path)
    } else {
      scan?.files += 1
      if kind == .episode, firstScan != nil {
        firstScan?.add(file)
        return
      }
    }
    found.append(file)
  }

  private func noteUnknown(among found: inout [ObservedFile], now: Instant) {
    guard !found.isEmpty else { return }
    for file in memory.unknown(among: found, in: name) { tracker.note(file.path, now: now) }
    found = []
  }

  private func failed(_ item: ListingQueue.Item, _ error: Errno, now: Instant) {
    logger.debug("folder not listed", metadata: ["path": "\(item.path)", "reason": "\(error)"])
    if item.path == root { return rootFailed(error, now: now) }
    switch error {
    case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels:
      // It is gone since, or a link that leads nowhere.
      return
    case .permissionDenied, .notPermitted, .fileNameTooLong:
      break
    default:
      scan?.isIncomplete = true
    }
    met(.folder(item.path, error))
  }

  private static var foldersPerSlice: Int { 32 }
  private static var filesPerQuestion: Int { 512 }
}
