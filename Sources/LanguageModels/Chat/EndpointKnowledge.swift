import Foundation

/// What is known of one server and model: read once, shared by all calls, written when it changes.
///
/// Calls learn at the same time. A refusal counts only against what is known still, and a stricter way that has worked
/// is never replaced by a laxer one that has worked too.
actor EndpointKnowledge {
  private let name: String
  private let modes: [SchemaMode]
  private let memory: any EndpointMemory
  private var known: EndpointFacts?
  private var written: EndpointFacts?
  private var isWriting = false

  /// - Parameter modes: the strictest first; not empty.
  init(name: String, modes: [SchemaMode], memory: any EndpointMemory) {
    self.name = name
    self.modes = modes
    self.memory = memory
  }

  func facts() async -> EndpointFacts {
    if let known { return known }
    // What can't be read is found out again.
    let text = try? await memory.recall(name)
    let stored = text.flatMap { text in
      try? JSONDecoder().decode(EndpointFacts.self, from: Data(text.utf8))
    }
    // Another call may have learned something meanwhile.
    if let known { return known }
    if let stored, modes.contains(stored.mode) {
      written = stored
      known = stored
      return stored
    }
    let none = EndpointFacts(mode: modes[0])
    known = none
    return none
  }

  /// The server refused the way in which a call asked.
  /// - Returns: what that call is to ask with next; nil when no way is left.
  func refused(modeOf asked: EndpointFacts) -> EndpointFacts? {
    guard let next = mode(after: asked.mode) else { return nil }
    var facts = known ?? asked
    if isStricter(asked.mode, than: facts.mode) { return facts }
    if facts.mode == asked.mode {
      facts.mode = next
      facts.isProven = false
      known = facts
      return facts
    }
    // The call had gone on by itself: what is known of stricter ways stands.
    facts.mode = next
    facts.isProven = false
    return facts
  }

  /// The server refused a parameter by its name.
  /// - Returns: what to ask with next; nil when it was left out already.
  func refused(parameter: String, _ asked: EndpointFacts) -> EndpointFacts? {
    guard !asked.refused.contains(parameter) else { return nil }
    var facts = known ?? asked
    facts.refused.insert(parameter)
    known = facts
    var next = asked
    next.refused.formUnion(facts.refused)
    return next
  }

  /// What follows when a server fell over a request, which may be the schema's fault or none's.
  /// - Returns: the next way, for this call alone; nil when the way has worked or none is left.
  func suspected(modeOf asked: EndpointFacts) -> EndpointFacts? {
    if let known, known.mode == asked.mode, known.isProven { return nil }
    guard let next = mode(after: asked.mode) else { return nil }
    var facts = asked
    facts.mode = next
    return facts
  }

  /// The server has answered.
  /// - Returns: whether that was news.
  /// - Throws: when it can't be written; it is known all the same.
  func worked(_ asked: EndpointFacts) async throws -> Bool {
    var facts = known ?? asked
    facts.refused.formUnion(asked.refused)
    if !facts.isProven || isStricter(asked.mode, than: facts.mode) { facts.mode = asked.mode }
    facts.isProven = true
    known = facts
    // Whoever is writing writes this too: two writes could pass each other.
    guard facts != written, !isWriting else { return false }
    isWriting = true
    defer { isWriting = false }
    while let latest = known, latest != written {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let text = String(decoding: try encoder.encode(latest), as: UTF8.self)
      try await memory.remember(text, of: name)
      written = latest
    }
    return true
  }

  private func mode(after mode: SchemaMode) -> SchemaMode? {
    guard let place = modes.firstIndex(of: mode), place + 1 < modes.count else { return nil }
    return modes[place + 1]
  }

  private func isStricter(_ mode: SchemaMode, than other: SchemaMode) -> Bool {
    (modes.firstIndex(of: mode) ?? 0) < (modes.firstIndex(of: other) ?? 0)
  }
}
