import Logging
import Settings
import SystemPackage

// The full scan: when it begins, and what its end means.
extension WatchedLibrary {
  func requestScan(at moment: Instant) {
    nextScan = min(nextScan ?? moment, moment)
  }

  /// For what events told only in part. Many such wishes, one after another, must not keep a large
  /// library's disks busy.
  func requestScanSoon(now: Instant) {
    requestScan(at: max(now + times.vanishDelay, restUntil))
  }

  func startScanIfDue(now: Instant) {
    // A backlog that waits to be accepted has been scanned already.
    guard scan == nil, outbox.isEmpty, let due = nextScan, due <= now else { return }
    nextScan = nil
    let identity: FileIdentity
    do throws(Errno) {
      identity = try OpenFolder(root).identity
    } catch {
      return rootFailed(error, now: now)
    }
    scan = FullScan(started: now, root: identity)
    scanNumber += 1
    logger.debug("scan begins", metadata: ["scan": "\(scanNumber)"])
    if firstScan != nil {
      if memory.isFirstScan(of: name) { firstScan?.restart() } else { firstScan = nil }
    }
    if inotify == nil {
      do throws(Errno) {
        inotify = try INotify()
      } catch {
        met(.watchLimit(root, error))
      }
    }
    queue.append(ListingQueue.Item(path: root, use: .everything))
  }

  /// Without a root nothing is known of its files: they count neither as gone nor as scanned.
  func rootFailed(_ error: Errno, now: Instant) {
    scan = nil
    queue.removeAll()
    unwatch(folders.removeAll())
    isWatchingTold = false
    requestScan(at: now + times.rootRetry)
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
    let duration = now - finished.started
    restUntil = now + duration * Self.restPerScanTime
    let isWatchedWhole = inotify != nil && folders.isFullyWatched
    requestScan(
      at: now + (isWatchedWhole ? times.scanInterval : times.scanIntervalWithoutWatches))
    if let backlog = firstScan {
      guard !finished.isIncomplete else {
        // What is in a folder that failed for a moment must not count as news later.
        tellTroubles(finished.troubles)
        return requestScan(at: now + times.rootRetry)
      }
      let (taken, leftAlone) = backlog.split(by: backlogPolicy)
      tell(.backlog(library: name, taken: taken, leftAlone: leftAlone))
    }
    tellTroubles(finished.troubles)
    tell(
      .scanned(
        library: name, files: finished.files, folders: finished.folders, duration: duration))
    vanishing.checkAll(now: now)
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
}
