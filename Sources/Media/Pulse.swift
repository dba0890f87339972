/// Tells at a pace that work goes on, where a file is read from end to end: on a slow disk that may take longer than the
/// worker may be silent.
final class Pulse {
  private let tell: () -> Void
  private var last = ContinuousClock.now
  private static let pace = Duration.seconds(5)

  init(_ tell: @escaping () -> Void) { self.tell = tell }

  /// To be called again and again, as often as one likes.
  func beat() {
    let now = ContinuousClock.now
    guard now - last >= Self.pace else { return }
    last = now
    tell()
  }
}
