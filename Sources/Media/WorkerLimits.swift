/// What one run of the media worker may use.
package struct WorkerLimits: Sendable {
  /// Longest without a sign of progress, such as a clip; then the worker is killed.
  package var wallClock: Duration
  /// Address space in bytes, for the worker and for each program that it starts.
  package var memory: Int64

  package init(wallClock: Duration, memory: Int64) {
    self.wallClock = wallClock
    self.memory = memory
  }
}
