import Expressions

extension JSONValue {
  /// A number of tokens that may be added up: a server's word is not trusted to be one.
  var tokenCount: Int? { integer.map(TokenUsage.bounded) }
}
