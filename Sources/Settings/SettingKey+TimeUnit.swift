/// The unit that a key counts time in.
enum TimeUnit: String, Sendable {
  case seconds, minutes, hours

  private var milliseconds: Double {
    switch self {
    case .seconds: 1_000
    case .minutes: 60_000
    case .hours: 3_600_000
    }
  }

  func duration(_ number: Double) -> Duration {
    .milliseconds(Int64((number * milliseconds).rounded()))
  }

  func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return text((Double(seconds) * 1_000 + Double(attoseconds) / 1e15) / milliseconds)
  }

  /// Without a fraction where there is none.
  func text(_ number: Double) -> String {
    number == number.rounded() ? "\(Int64(number))" : "\(number)"
  }
}
