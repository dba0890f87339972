/// What is wrong with the text of a prompt.
package struct PromptError: Error, Sendable, Hashable, CustomStringConvertible {
  /// From 1.
  package var line: Int
  /// What is wrong there and what is allowed.
  package var problem: String

  package init(line: Int, problem: String) {
    self.line = line
    self.problem = problem
  }

  package var description: String { "line \(line) of the prompt: \(problem)" }
}
