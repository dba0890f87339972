/// Some of a longer list.
package struct Page<Entry: Sendable & Encodable>: Sendable, Encodable {
  package var entries: [Entry]
  /// How many there are in all.
  package var total: Int

  package init(entries: [Entry], total: Int) {
    self.entries = entries
    self.total = total
  }
}

/// Which part of a list is wanted.
package struct PageRange: Sendable, Equatable {
  package static let largest = 200
  /// 1 to `largest`.
  package var limit: Int
  package var offset: Int

  package init(limit: Int = 50, offset: Int = 0) {
    self.limit = limit
    self.offset = offset
  }
}
