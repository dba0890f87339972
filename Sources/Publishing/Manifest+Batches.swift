import Expressions

extension Manifest {
  /// A run of the dialogue as it was asked, and what was answered: enough to take it over without asking again.
  package struct BatchEntry: Sendable, Codable, Equatable {
    /// As the extractor gave it, before anything was checked or chosen.
    package struct AnswerEntry: Sendable, Codable, Equatable {
      /// Name and version of what answered.
      package var extractor: String
      package var model: String?
      package var inputTokens: Int
      package var outputTokens: Int
      package var costUsd: Double
      /// Seconds since 1970.
      package var createdAt: Double
      package var content: Answer

      package init(
        extractor: String, model: String?, inputTokens: Int, outputTokens: Int, costUsd: Double,
        createdAt: Double, content: Answer
      ) {
        self.extractor = extractor
        self.model = model
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUsd = costUsd
        self.createdAt = createdAt
        self.content = content
      }
    }

    package var number: Int
    package var firstCue: Int
    package var lastCue: Int
    /// Cues before it that went with it as context.
    package var leadInCues: Int
    /// "answered", "failed" or "pending".
    package var state: String
    /// Why it has no answer.
    package var reason: String?
    /// The key that its answer is kept under.
    package var contentKey: String
    /// How much later its cues come than when it was asked; the answer names them as they were then.
    package var shift: Int
    package var answer: AnswerEntry?

    package init(
      number: Int, firstCue: Int, lastCue: Int, leadInCues: Int, state: String, reason: String?,
      contentKey: String, shift: Int, answer: AnswerEntry?
    ) {
      self.number = number
      self.firstCue = firstCue
      self.lastCue = lastCue
      self.leadInCues = leadInCues
      self.state = state
      self.reason = reason
      self.contentKey = contentKey
      self.shift = shift
      self.answer = answer
    }
  }
}
