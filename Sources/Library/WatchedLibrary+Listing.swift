import Logging
import SystemPackage

// Listing folders, each of them watched before it is listed, so that nothing slips between.
extension WatchedLibrary {
  /// Lists a bounded number of folders, and ends the scan when none is left.
  func listSome(now: Instant) {
    guard scan != nil || !queue.isEmpty || !checks.isEmpty else { return }
    checkSome(now: now)
    var found: [ObservedFile] = []
    for _ in 0..<Self.foldersPerSlice {
      guard !signals.isStopped, let item = queue.next() else { break }
      list(item, &found, now: now)
      if found.count >= Self.filesPerQuestion { noteUnknown(among: &found, now: now) }
    }
    noteUnknown(among: &found, now: now)
    guard !signals.isStopped, queue.isEmpty, checks.isEmpty else { return }
    if let scan { finishScan(scan, now: now) } else { finishPoll(now: now) }
  }

  func unwatch(_ watches: [Int32]) {
    for watch in watches { inotify?.unwatch(watch) }
  }

  private func list(_ item: ListingQueue.Item, _ found: inout [ObservedFile], now: Instant) {
    do throws(Errno) {
      var folder = try OpenFolder(item.path)
      guard try !isAlias(item, folder.identity) else { return }
      let isRemote = isRemote(folder)
      let watch = try watch(item.path, isRemote: isRemote)
      register(item, folder, watch: watch, isRemote: isRemote, now: now)
      if !item.isNews { scan?.folders += 1 }
      var contents = Contents(
        place: rules.hasPatterns ? IgnoreRules.place(of: item.path, below: root) : [])
      while let entry = try folder.next() {
        switch entry.kind {
        case .folder: enter(entry.name, in: item, contents)
        case .file: take(entry.name, in: folder, item, &contents, &found)
        case .link:
          contents.hasLinks = true
          // What is no file is a folder, or leads nowhere, which opening it tells.
          if folder.observe(entry.name) == nil {
            enter(entry.name, in: item, contents, isLink: true)
          } else {
            take(entry.name, in: folder, item, &contents, &found)
          }
        case .other: break
        }
        contents.entries += 1
        if contents.entries.isMultiple(of: Self.entriesPerBreath) { breathe() }
        if found.count >= Self.filesPerQuestion { noteUnknown(among: &found, now: now) }
      }
      finish(item, folder.identity, contents, now: now)
    } catch {
      failed(item, error, now: now)
    }
  }

  /// What a listing saw so far.
  private struct Contents {
    /// The names from the root to the folder.
    var place: [String]
    var entries = 0
    var files = 0
    var hasLinks = false
  }

  /// Whether the folder is known at another path that still leads to it: a loop of links, or a bind
  /// mount.
  private func isAlias(_ item: ListingQueue.Item, _ identity: FileIdentity) throws(Errno) -> Bool {
    guard let known = folders[identity], known.path != item.path,
      (try? FileIdentity(of: known.path)) == identity
    else { return false }
    return item.isLinked || !known.isLinked
  }

  private func isRemote(_ folder: borrowing OpenFolder) -> Bool {
    let device = folder.identity.device
    let kind: FileSystemKind
    if let other = hooks.fileSystem(folder.path) {
      kind = other
    } else {
      kind = fileSystems[device] ?? FileSystemKind(ofOpen: folder.descriptor)
      fileSystems[device] = kind
    }
    guard case .remote(let name) = kind else { return false }
    // The topmost folder on it speaks for those below.
    var top = remoteTops[device] ?? folder.path
    if !folder.path.starts(with: top) { top = folder.path }
    remoteTops[device] = top
    met(.remote(top, name, times.pollInterval))
    return true
  }

  private func watch(_ path: FilePath, isRemote: Bool) throws(Errno) -> Int32? {
    guard let inotify else { return nil }
    do throws(Errno) {
      try hooks.addWatch(path)
      return try inotify.watch(path)
    } catch .noSpace, .noMemory {
      // What is polled anyway misses nothing.
      if !isRemote { met(.watchLimit(root, .noSpace, times.pollInterval)) }
      return nil
    }
  }

  private func register(
    _ item: ListingQueue.Item, _ folder: borrowing OpenFolder, watch: Int32?, isRemote: Bool,
    now: Instant
  ) {
    let identity = folder.identity
    let entry = FolderMap.Folder(
      path: item.path, use: item.use, watch: watch, isLinked: item.isLinked, scan: scanNumber,
      isRemote: isRemote,
      stamp: FolderStamp(folder.status, now: now).following(folders[identity]?.stamp))
    if let useless = folders.insert(entry, identity: identity) { unwatch([useless]) }
  }

  private func finish(
    _ item: ListingQueue.Item, _ identity: FileIdentity, _ contents: Contents, now: Instant
  ) {
    hooks.didList(item.path)
    folders.update(identity) { folder in
      folder.files = contents.files
      // What a link leads to changes without a word.
      folder.isKnown = !contents.hasLinks && folder.stamp?.isFinal(now: now) == true
    }
  }

  private func enter(
    _ name: EntryName, in parent: ListingQueue.Item, _ contents: Contents, isLink: Bool = false
  ) {
    guard let name = name.component,
      let use = rules.use(ofFolder: name, at: contents.place, within: parent.use)
    else { return }
    let path = parent.path.appending(name)
    guard !otherRoots.contains(path), parent.isDeep || folders.identity(of: path) == nil else {
      return
    }
    var item = parent
    item.path = path
    item.use = use
    item.isLinked = parent.isLinked || isLink
    queue.append(item, turn: isLink ? .link : .first)
  }

  private func take(
    _ name: EntryName, in folder: borrowing OpenFolder, _ item: ListingQueue.Item,
    _ contents: inout Contents, _ found: inout [ObservedFile]
  ) {
    guard let kind = rules.kind(ofFile: name, at: contents.place, within: item.use),
      let file = folder.observe(name)
    else { return }
    contents.files += 1
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

  func failed(_ item: ListingQueue.Item, _ error: Errno, now: Instant) {
    logger.debug("folder not listed", metadata: ["path": "\(item.path)", "reason": "\(error)"])
    if item.path == root { return rootFailed(error, now: now) }
    // The folder above is listed again at the next scan, and so this one is tried again.
    if let parent = folders.identity(of: item.path.removingLastComponent()) {
      folders.update(parent) { $0.isKnown = false }
    }
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
  private static var entriesPerBreath: Int { 512 }
}
