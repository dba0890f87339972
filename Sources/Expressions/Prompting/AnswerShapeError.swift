/// An answer in which nothing looks like one.
package struct AnswerShapeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What there was instead.
  package var found: String

  package init(found: String) { self.found = found }

  package var description: String {
    "the model's answer holds no list of contexts but \(found); if this goes on, choose a model "
      + "that follows a schema, or a larger one"
  }
}
