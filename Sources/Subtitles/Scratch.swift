/// A list that is filled anew for each line or entry of a file; clearing it costs nothing.
struct Scratch<Element>: RandomAccessCollection {
  private var elements: [Element] = []
  private(set) var count = 0

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> Element {
    precondition(index < count)
    return elements[index]
  }

  mutating func clear() { count = 0 }

  mutating func keepAll(where isKept: (Element) -> Bool) {
    var kept = 0
    for index in 0..<count where isKept(elements[index]) {
      elements[kept] = elements[index]
      kept += 1
    }
    count = kept
  }

  mutating func append(_ element: Element) {
    if count < elements.count { elements[count] = element } else { elements.append(element) }
    count += 1
  }
}
