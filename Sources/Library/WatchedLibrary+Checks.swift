import SystemPackage

// Looking at known folders: one `statx` each, and a listing only where something may have changed.
extension WatchedLibrary {
  /// Looks at folders of which events do not tell all.
  func startPollIfDue(now: Instant) {
    guard scan == nil, queue.isEmpty, checks.isEmpty, outbox.isEmpty, firstScan == nil,
      let due = nextPoll, due <= now
    else { return }
    nextPoll = nil
    pollNumber += 1
    checks = folders.polled
    // What is written in place changes no folder.
    skipsUnchanged = !pollNumber.isMultiple(of: Self.pollsToAWholeOne)
    if checks.isEmpty { finishPoll(now: now) }
  }

  func finishPoll(now: Instant) {
    // The scan tells that it is mended.
    let isMended = folders.isFullyWatched && standing.contains { $0.kind == .watchLimit }
    if isMended { requestScanSoon(now: now) }
    nextPoll = folders.hasPolled ? nextPoll ?? now + times.pollInterval : nil
  }

  func checkSome(now: Instant) {
    for _ in 0..<Self.checksPerSlice {
      guard !signals.isStopped, let identity = checks.popLast() else { return }
      check(identity, now: now)
    }
  }

  private func check(_ identity: FileIdentity, now: Instant) {
    guard let folder = folders[identity] else { return }
    let item = ListingQueue.Item(
      path: folder.path, use: folder.use, isLinked: folder.isLinked, isNews: scan == nil,
      isDeep: false)
    let status: FileStatus
    do throws(Errno) {
      status = try FileStatus(of: folder.path)
    } catch .noSuchFileOrDirectory, .notDirectory {
      if folder.path == root { return rootFailed(.noSuchFileOrDirectory, now: now) }
      // A scan forgets by itself what it did not see.
      if scan == nil { folderLeft(folder.path, now: now) }
      return
    } catch {
      return failed(item, error, now: now)
    }
    guard status.identity == identity else {
      if folder.path == root { return requestScan(at: now) }
      var item = item
      item.isDeep = true
      return queue.append(item)
    }
    let isUnchanged =
      folder.isKnown && folder.stamp.map(FolderStamp(status, now: now).isSame) == true
    guard isUnchanged else {
      if scan == nil { vanishing.gone(folder.path, due: now + times.vanishDelay) }
      return queue.append(item)
    }
    let isQuiet = skipsUnchanged && (scan == nil || !folder.isPolled)
    guard isQuiet else { return queue.append(item, turn: .late) }
    folders.update(identity) { $0.scan = scanNumber }
    scan?.folders += 1
    scan?.files += folder.files
  }

  private static var checksPerSlice: Int { 512 }
  private static var pollsToAWholeOne: Int { 10 }
}
