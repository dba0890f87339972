/// What `langflix notify test` found of one receiver or media server.
package struct ReceiverCheckResult: Sendable, Codable, Equatable {
  /// "ntfy", "discord-2", "jellyfin".
  package var name: String
  /// Host and port; the whole address is a secret.
  package var server: String
  package var succeeded: Bool
  /// What was done there, or what failed and how to mend it.
  package var text: String
  /// What else is worth knowing.
  package var notes: [String]

  package init(
    name: String, server: String, succeeded: Bool, text: String, notes: [String] = []
  ) {
    self.name = name
    self.server = server
    self.succeeded = succeeded
    self.text = text
    self.notes = notes
  }
}
