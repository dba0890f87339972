/// One metric with its samples, as Prometheus understands it.
package struct Metric: Sendable, Equatable {
  package enum Kind: String, Sendable { case counter, gauge, histogram }

  package struct Sample: Sendable, Equatable {
    /// In the order in which they are written.
    package var labels: [Label]
    package var value: Value

    package init(_ value: Value, _ labels: [Label] = []) {
      self.labels = labels
      self.value = value
    }
  }
  package struct Label: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
  package enum Value: Sendable, Equatable {
    case number(Double)
    case histogram(Histogram)
  }

  /// With its unit, and "_total" where it is a counter.
  package var name: String
  package var help: String
  package var kind: Kind
  package var samples: [Sample]

  package init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    self.name = name
    self.help = help
    self.kind = kind
    self.samples = samples
  }

  /// One number without labels.
  package init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    self.init(name, kind, help, [Sample(.number(value))])
  }
}

/// Observations, counted by size.
package struct Histogram: Sendable, Equatable {
  /// Upper bounds, rising; what is beyond the last one counts in `count` alone.
  package let bounds: [Double]
  /// How many were at most as large as the bound, and larger than the one before.
  package private(set) var counts: [Int]
  package private(set) var count = 0
  package private(set) var sum = 0.0

  package init(bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count)
  }

  package mutating func observe(_ value: Double) {
    count += 1
    sum += value
    if let index = bounds.firstIndex(where: { value <= $0 }) { counts[index] += 1 }
  }
}
