import Glibc
import Logging
import Settings
import SystemPackage

// The full scan: when it begins, and what its end means.
extension WatchedLibrary {
  func requestScan(at moment: Instant, _ kind: ScanKind = .whole) {
    nextScan = min(nextScan ?? moment, moment)
    nextScanKind = max(nextScanKind, kind)
  }

  /// For what events told only in part. Many such wishes, one after another, must not keep a large
  /// library's disks busy.
  func requestScanSoon(now: Instant) {
    requestScan(at: max(now + times.vanishDelay, restUntil), .changed)
  }

  func startScanIfDue(now: Instant) {
    // A backlog that waits to be accepted has been scanned already.
    guard scan == nil, outbox.isEmpty, let due = nextScan, due <= now else { return }
    nextScan = nil
    let kind = nextScanKind
    nextScanKind = .changed
    let identity: FileIdentity
    do throws(Errno) {
      identity = try OpenFolder(root).identity
    } catch {
      return rootFailed(error, now: now)
    }
    scan = FullScan(started: now, root: identity)
    scanNumber += 1
    realRoot = root.resolvingLinks ?? root
    logger.debug("scan begins", metadata: ["scan": "\(scanNumber)", "kind": "\(kind)"])
    if firstScan != nil {
      if memory.isFirstScan(of: name) { firstScan?.restart() } else { firstScan = nil }
    }
    if inotify == nil {
      do throws(Errno) {
        try hooks.makeInstance()
        inotify = try INotify()
      } catch {
        met(.watchLimit(root, error, times.pollInterval))
      }
    }
    let isKnown =
      firstScan == nil && folders.identity(of: root) == identity
      && !scanNumber.isMultiple(of: Self.scansToAWholeOne)
    guard kind < .whole, isKnown else {
      checks = []
      return queue.append(ListingQueue.Item(path: root, use: .everything))
    }
    scan?.isWhole = false
    skipsUnchanged = kind == .changed
    checks = folders.all
  }

  /// Without a root nothing is known of its files: they count neither as gone nor as scanned.
  func rootFailed(_ error: Errno, now: Instant) {
    scan = nil
    queue.removeAll()
    checks = []
    unwatch(folders.removeAll())
    isWatchingTold = false
    requestScan(at: now + times.rootRetry)
    // Once it is back, how its folders look says nothing about what happened to them meanwhile.
    let trouble = LibraryTrouble.root(root, error)
    if trouble != rootTrouble {
      rootTrouble = trouble
      tell(.trouble(library: name, trouble))
    }
  }

  func finishScan(_ finished: FullScan, now: Instant) {
    if !finished.hasReadLastEvents {
      // What arrived in the time of a first scan is news, so its events have to be known before the
      // backlog is.
      scan?.hasReadLastEvents = true
      readEvents(now: now)
      guard queue.isEmpty else { return }
    }
    do throws(Errno) {
      guard try FileIdentity(of: root) == finished.root else {
        // Something else was mounted there meanwhile.
        scan = nil
        return requestScan(at: now + times.rootRetry)
      }
    } catch {
      return rootFailed(error, now: now)
    }
    scan = nil
    rootTrouble = nil
    unwatch(folders.removeNotSeen(inScan: scanNumber))
    let duration = ContinuousClock.now - finished.started
    restUntil = now + duration * Self.restPerScanTime
    requestScan(at: now + times.scanInterval, .changed)
    if let backlog = firstScan {
      guard !finished.isIncomplete else {
        // What is in a folder that failed for a moment must not count as news later.
        tellTroubles(finished.troubles)
        return requestScan(at: now + times.rootRetry)
      }
      let (taken, leftAlone) = backlog.split(by: backlogPolicy)
      tell(.backlog(library: name, taken: taken, leftAlone: leftAlone))
    }
    tellTroubles(finished.troubles.union(emptyRoot.map { [$0] } ?? []))
    finishPoll(now: now)
    tell(
      .scanned(
        library: name, files: finished.files, folders: finished.folders, duration: duration))
    vanishing.checkAll(now: now)
  }

  /// A folder in which nothing lies, where files are known, is most often a mount point without its disk.
  private var emptyRoot: LibraryTrouble? {
    guard isRootEmpty, memory.knownPaths(in: name).contains(where: { $0.starts(with: root) }) else {
      return nil
    }
    return .emptyRoot(root)
  }

  private var isRootEmpty: Bool {
    do throws(Errno) {
      var folder = try OpenFolder(root)
      return try folder.next() == nil
    } catch {
      return false
    }
  }

  /// A trouble is told once for as long as it stands.
  func met(_ trouble: LibraryTrouble) {
    if scan != nil {
      scan?.troubles.insert(trouble)
    } else if standing.insert(trouble).inserted {
      tell(.trouble(library: name, trouble))
    }
  }

  private func tellTroubles(_ met: Set<LibraryTrouble>) {
    let isMended = !standing.isSubset(of: met)
    var news = met.subtracting(standing)
    if !isWatchingTold || isMended {
      tell(.watching(library: name, folders: folders.count))
      isWatchingTold = true
      news = met
    }
    standing = met
    for trouble in news.sorted(by: { $0.message < $1.message }) {
      tell(.trouble(library: name, trouble))
    }
  }

  private static var restPerScanTime: Int { 10 }
  /// What is never told, such as a change of what a link leads to, is found in the end.
  private static var scansToAWholeOne: Int { 8 }
}

extension FilePath {
  /// Nil when there is nothing at this path.
  fileprivate var resolvingLinks: FilePath? {
    guard let resolved = withPlatformString({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }
}
