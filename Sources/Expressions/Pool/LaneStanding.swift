/// Whether tickets may turn to a lane.
enum LaneStanding: Sendable {
  /// They do, though they may have to wait there for a slot, a minute or a short gate.
  case takes
  /// They go past it.
  case shut(Reopening, PoolRefusal.Reason)

  enum Reopening: Sendable {
    case at(PoolMachine.Time)
    /// As soon as the probe that runs has ended well.
    case afterProbe
    case never
  }
}

/// What keeps the next ticket of a lane from starting there.
enum LaneHold: Sendable {
  case until(PoolMachine.Time)
  /// Until a request ends or the caller says something: there is no time to wake at.
  case untilTold
}
