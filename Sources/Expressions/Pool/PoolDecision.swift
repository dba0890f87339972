/// What the caller is to do now.
package struct PoolDecision: Sendable, Hashable {
  /// Requests to send, first things first.
  package var starts: [PoolStart] = []
  /// Tickets that have left the pool without a request.
  package var refusals: [PoolRefusal] = []
  /// Lanes whose day is over: they start nothing until `setDay`. Each is named once.
  package var renewDays: [Int] = []
  /// When to decide again if nothing else happens; always later than now, nil for never.
  package var wakeAt: PoolMachine.Time?

  package init() {}

  package var isEmpty: Bool { starts.isEmpty && refusals.isEmpty && renewDays.isEmpty }
}
