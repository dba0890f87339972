/// When the daemon counts as stalled.
package struct HealthSettings: Sendable, Equatable {
  /// A stage that gives no sign of life for longer is stuck.
  package var stallLimit: Duration

  package init(stallLimit: Duration = .seconds(120)) { self.stallLimit = stallLimit }
}
