/// Remembers, over restarts, what servers were found to understand.
package protocol EndpointMemory: Sendable {
  /// - Parameter endpoint: base URL and model.
  /// - Returns: what was remembered last, as JSON.
  func recall(_ endpoint: String) async throws -> String?
  func remember(_ facts: String, of endpoint: String) async throws
}
