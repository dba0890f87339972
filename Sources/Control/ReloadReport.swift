/// What a reload of the configuration came to.
package struct ReloadReport: Sendable, Codable, Equatable {
  /// Keys whose new values are in force.
  package var changed: [String]
  /// Keys whose new values wait for a restart.
  package var needRestart: [String]

  package init(changed: [String], needRestart: [String]) {
    self.changed = changed
    self.needRestart = needRestart
  }
}
