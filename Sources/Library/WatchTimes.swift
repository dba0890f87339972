import Settings

/// The watcher's intervals, each bounded so that no setting can make the thread spin.
struct WatchTimes {
  /// A look at a candidate that changed, to the next one.
  let settle: Duration
  let scanInterval: Duration
  /// Between looks at folders of which events do not tell all.
  let pollInterval: Duration
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
    pollInterval = max(shortest, min(watch.pollInterval, scanInterval))
    rootRetry = max(shortest, min(.seconds(10), watch.settle))
    offerRetry = max(shortest, min(.seconds(1), watch.settle))
    vanishDelay = max(shortest, watch.settle * 2)
  }
}
