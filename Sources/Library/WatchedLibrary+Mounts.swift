import Logging
import SystemPackage

// Mounts that come and go. No watch tells of one that comes, and what lay in one that went is not gone.
extension WatchedLibrary {
  func mountsChanged(_ changes: [MountTable.Change], now: Instant) {
    for change in changes {
      var below = change.point
      if realRoot.starts(with: change.point) {
        fileSystems = [:]
        requestScan(at: now)
      } else if below.removePrefix(realRoot) {
        fileSystems = [:]
        mountChanged(at: root.pushing(below), isMounted: change.isMounted, now: now)
      }
    }
  }

  private func mountChanged(at point: FilePath, isMounted: Bool, now: Instant) {
    logger.info(
      isMounted ? "mounted in the library" : "unmounted in the library",
      metadata: ["path": "\(point)"])
    if isMounted { away.remove(point) } else { away.insert(point) }
    unwatch(folders.removeTree(at: point))
    guard firstScan == nil else { return requestScan(at: now) }
    guard let use = rules.use(ofFolderAt: point, below: root), !otherRoots.contains(point) else {
      return
    }
    vanishing.gone(point, due: now + times.vanishDelay)
    queue.append(ListingQueue.Item(path: point, use: use, isNews: true, isDeep: true))
  }

  /// Whether a path lies where something was mounted that is unmounted now.
  func isAway(_ path: FilePath) -> Bool {
    away.contains { path.starts(with: $0) }
  }
}
