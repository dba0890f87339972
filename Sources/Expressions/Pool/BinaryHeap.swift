/// A queue that gives its smallest element first.
package struct BinaryHeap<Element: Comparable & Sendable>: Sendable {
  private var elements: [Element] = []
  /// Comparisons made so far: the cost of the heap, whatever machine it runs on.
  package private(set) var comparisons = 0

  package init() {}

  package var count: Int { elements.count }
  package var first: Element? { elements.first }

  package mutating func insert(_ element: Element) {
    elements.append(element)
    rise(from: elements.count - 1)
  }

  @discardableResult
  package mutating func popFirst() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    if !elements.isEmpty {
      elements[0] = last
      sink(from: 0)
    }
    return first
  }

  /// Removes what fails the test, in linear time.
  package mutating func keep(where isKept: (Element) -> Bool) {
    elements.removeAll { !isKept($0) }
    for index in stride(from: elements.count / 2 - 1, through: 0, by: -1) {
      sink(from: index)
    }
  }

  private mutating func rise(from start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard isOrdered(index, parent) else { return }
      elements.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func sink(from start: Int) {
    var index = start
    while true {
      var smallest = index
      let left = 2 * index + 1
      if left < elements.count, isOrdered(left, smallest) { smallest = left }
      if left + 1 < elements.count, isOrdered(left + 1, smallest) { smallest = left + 1 }
      guard smallest != index else { return }
      elements.swapAt(index, smallest)
      index = smallest
    }
  }

  private mutating func isOrdered(_ left: Int, _ right: Int) -> Bool {
    comparisons += 1
    return elements[left] < elements[right]
  }
}
