/// A ticket that no lane will take soon; it has left the pool.
package struct PoolRefusal: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// Key, account, model or address were refused: a person must mend it.
    case stopped
    /// The day's requests or money are used up.
    case daySpent
    /// The server fails or cannot be reached.
    case breakerOpen
    /// The server asked to wait.
    case gated
    /// It would take more than a whole day's money.
    case tooDear
    /// No lane that the ticket may start on exists.
    case noLane
    /// The pool is closing.
    case drained
  }
  package var id: Int
  /// When a lane may take it; nil when only a person, or another start of the program, helps.
  package var until: PoolMachine.Time?
  package var reason: Reason
  /// The lane that opens first, or the first one when none does.
  package var lane: Int?
  /// That lane's last failure in its own words.
  package var text: String?

  package init(
    id: Int, until: PoolMachine.Time? = nil, reason: Reason, lane: Int? = nil, text: String? = nil
  ) {
    self.id = id
    self.until = until
    self.reason = reason
    self.lane = lane
    self.text = text
  }
}
