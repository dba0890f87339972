import Glibc
import SystemPackage

// From the kernel's events to the paths and folders that are worth a look.
extension WatchedLibrary {
  /// Reads what the kernel has to tell now. Bounded, so that a flood does not hold up the other
  /// libraries.
  func readEvents(now: Instant) {
    guard let inotify else { return }
    for _ in 0..<Self.readsPerRound {
      let events = inotify.readEvents()
      guard !events.isEmpty else { return }
      for event in events { handle(event, now: now) }
    }
  }

  private func handle(_ event: INotify.Event, now: Instant) {
    if event.has(IN_Q_OVERFLOW) {
      tell(.trouble(library: name, .overflow(root)))
      folders.doubtAll()
      requestScan(at: now, .known)
      return
    }
    if event.has(IN_IGNORED) {
      // The root's watch ends when it is removed or unmounted.
      if folders.forget(watch: event.watch)?.path == root { requestScan(at: now) }
      return
    }
    guard let folder = folders.folder(ofWatch: event.watch) else { return }
    // What lies under the mount point shows now; the end of the watch is told apart.
    if event.has(IN_UNMOUNT) { return requestScanSoon(now: now) }
    if event.has(IN_MOVE_SELF) { return folderMoved(folder, now: now) }
    guard let name = event.name else { return }
    let path = folder.path.appending(name)
    if event.has(IN_ISDIR) {
      handleFolder(name, at: path, in: folder, event, now: now)
    } else {
      handleFile(name, at: path, in: folder, event, now: now)
    }
  }

  private func handleFolder(
    _ name: FilePath.Component, at path: FilePath, in parent: FolderMap.Folder,
    _ event: INotify.Event, now: Instant
  ) {
    if event.has(IN_MOVED_FROM) {
      folderLeft(path, now: now)
    } else if event.has(IN_DELETE) {
      vanishing.gone(path, due: now + times.vanishDelay)
    } else if event.has(IN_CREATE | IN_MOVED_TO) {
      folderArrived(name, at: path, in: parent)
    }
  }

  private func handleFile(
    _ name: FilePath.Component, at path: FilePath, in folder: FolderMap.Folder,
    _ event: INotify.Event, now: Instant
  ) {
    let isFile = rules.kind(ofFile: name, at: place(of: folder), within: folder.use) != nil
    if event.has(IN_DELETE | IN_MOVED_FROM) {
      if isFile {
        firstScan?.left(path)
        vanishing.gone(path, due: now + times.vanishDelay)
      } else if folders.identity(of: path) != nil {
        // It was a symbolic link to a folder.
        folderLeft(path, now: now)
      }
    } else if isFile {
      firstScan?.arrived(path)
      tracker.note(path, now: now)
      hooks.didNotice(path)
    } else if event.has(IN_CREATE | IN_MOVED_TO), Self.isLink(path) {
      folderArrived(name, at: path, in: folder, isLink: true)
    }
  }

  private func folderArrived(
    _ name: FilePath.Component, at path: FilePath, in parent: FolderMap.Folder, isLink: Bool = false
  ) {
    guard let use = rules.use(ofFolder: name, at: place(of: parent), within: parent.use),
      !otherRoots.contains(path)
    else {
      return
    }
    // What a first scan has listed already may be listed again, so that it counts as news.
    queue.append(
      ListingQueue.Item(
        path: path, use: use, isLinked: parent.isLinked || isLink, isNews: true,
        isDeep: firstScan != nil), turn: isLink ? .link : .first)
  }

  private func place(of folder: FolderMap.Folder) -> [String] {
    rules.hasPatterns ? IgnoreRules.place(of: folder.path, below: root) : []
  }

  func folderLeft(_ path: FilePath, now: Instant) {
    unwatch(folders.removeTree(at: path))
    vanishing.gone(path, due: now + times.vanishDelay)
    // Where it was moved quickly and more than once, its events have told too little.
    requestScanSoon(now: now)
  }

  private func folderMoved(_ folder: FolderMap.Folder, now: Instant) {
    if folder.path == root {
      requestScan(at: now)
    } else if folders.identity(of: folder.path) != (try? FileIdentity(of: folder.path)) {
      folderLeft(folder.path, now: now)
    }
  }

  private static func isLink(_ path: FilePath) -> Bool {
    (try? FileStatus(of: path, followsLinks: false))?.kind == .link
  }

  private static var readsPerRound: Int { 16 }
}
