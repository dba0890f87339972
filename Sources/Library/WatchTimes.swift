import Settings

/// The watcher's intervals, each bounded so that no setting can make the thread spin.
struct WatchTimes {
  /// A look at a candidate that changed, to the next one.
  let settle: Duration
  let scanInterval: Duration
  /// Scans that take the place of watches, when the kernel has no more of them.
  let scanIntervalWithoutWatches: Duration
  /// To the next look for a root that is missing, or for a folder that failed in the first scan.
  let rootRetry: Duration
  /// To the next try of an event that was not accepted.
  let offerRetry: Duration
  /// From the event that something is gone to the check, and for how long settling files put it off
  /// at a time: what was renamed is offered under its new name before.
  let vanishDelay: Duration

  init(_ watch: WatchSettings) {
    let shortest = Duration.milliseconds(10)
    settle = watch.settle
    scanInterval = max(shortest, watch.scanInterval)
    scanIntervalWithoutWatches = min(scanInterval, .seconds(60))
    rootRetry = max(shortest, min(.seconds(10), watch.settle))
    offerRetry = max(shortest, min(.seconds(1), watch.settle))
    vanishDelay = max(shortest, watch.settle * 2)
  }
}
