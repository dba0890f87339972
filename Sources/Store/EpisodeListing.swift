import Expressions

/// Which episodes a list is to hold.
package struct EpisodeListing: Sendable, Hashable {
  package enum Order: Sendable, Hashable {
    /// The latest change first.
    case latest
    /// As the conveyor takes them: what was asked for, news, backlog.
    case queue
  }

  /// Nil for all of them.
  package var states: [EpisodeState]?
  /// Whether the file has to be there, or to be gone; nil for both.
  package var isGone: Bool?
  package var library: String?
  /// A part of the path; case does not matter for ASCII letters.
  package var text: String?
  package var order: Order
  package var limit: Int
  package var offset: Int

  package init(
    states: [EpisodeState]? = nil, isGone: Bool? = nil, library: String? = nil,
    text: String? = nil, order: Order = .latest, limit: Int, offset: Int = 0
  ) {
    self.states = states
    self.isGone = isGone
    self.library = library
    self.text = text
    self.order = order
    self.limit = limit
    self.offset = offset
  }
}
