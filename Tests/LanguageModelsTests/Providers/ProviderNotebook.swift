import LanguageModels

/// Remembers as the store does, and counts the writes.
actor ProviderNotebook: EndpointMemory {
  private(set) var facts: [String: String]
  private(set) var writes = 0

  init(_ facts: [String: String] = [:]) { self.facts = facts }

  func recall(_ endpoint: String) -> String? { facts[endpoint] }

  func remember(_ facts: String, of endpoint: String) {
    self.facts[endpoint] = facts
    writes += 1
  }
}
