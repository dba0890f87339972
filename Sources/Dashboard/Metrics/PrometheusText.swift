/// Metrics in Prometheus' text form, version 0.0.4.
enum PrometheusText {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  static func text(_ metrics: [Metric]) -> String {
    var lines = ""
    for metric in metrics {
      lines += "# HELP \(metric.name) \(escaped(metric.help, quotes: false))\n"
      lines += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
      for sample in metric.samples {
        switch sample.value {
        case .number(let number):
          lines += "\(metric.name)\(labels(sample.labels)) \(text(number))\n"
        case .histogram(let histogram):
          lines += text(histogram, metric.name, sample.labels)
        }
      }
    }
    return lines
  }

  private static func text(
    _ histogram: Histogram, _ name: String, _ labels: [Metric.Label]
  ) -> String {
    var lines = ""
    var total = 0
    for (bound, count) in zip(histogram.bounds, histogram.counts) {
      total += count
      let bucket = self.labels(labels + [.init("le", text(bound))])
      lines += "\(name)_bucket\(bucket) \(total)\n"
    }
    lines += "\(name)_bucket\(self.labels(labels + [.init("le", "+Inf")])) \(histogram.count)\n"
    lines += "\(name)_sum\(self.labels(labels)) \(text(histogram.sum))\n"
    return lines + "\(name)_count\(self.labels(labels)) \(histogram.count)\n"
  }

  private static func labels(_ labels: [Metric.Label]) -> String {
    guard !labels.isEmpty else { return "" }
    let parts = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
    return "{" + parts.joined(separator: ",") + "}"
  }

  private static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
    let whole = number.rounded()
    return number == whole && abs(number) < 9e15 ? "\(Int64(whole))" : "\(number)"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
