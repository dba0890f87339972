/// What one request says to a language model, in the two roles that every provider knows.
package struct PromptMessages: Sendable, Hashable {
  /// The same for all batches of an episode, so that a provider may cache it.
  package var system: String
  /// The batch.
  package var user: String

  package init(system: String, user: String) {
    self.system = system
    self.user = user
  }
}
