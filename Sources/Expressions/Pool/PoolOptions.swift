/// How the pool behaves, apart from what each provider allows.
package struct PoolOptions: Sendable, Hashable {
  /// A ticket that no lane will take for longer than this is refused.
  package var patience: Duration = .seconds(60)
  /// Failures in a row that open a lane's breaker.
  package var breakerThreshold = 5
  /// Vain calls in a row that open it when the server cannot be reached.
  package var unreachableThreshold = 2
  /// Throttles in a row, without a success between them, that open it.
  package var throttleThreshold = 10
  /// How long the breaker opens at first; doubled for each vain probe.
  package var breakerBase: Duration = .seconds(15)
  package var breakerCap: Duration = .seconds(600)
  /// The gate's longest wait at the first throttle when the server names none; doubled for more.
  package var gateBase: Duration = .seconds(1)
  package var gateCap: Duration = .seconds(60)
  /// The server's wish to wait is believed up to here.
  package var longestGate: Duration = .seconds(86_400)
  /// The part by which a minute is taken longer than it is: the network's jitter must not carry a
  /// request into the server's earlier minute.
  package var windowMargin = 0.01
  /// How long a spent day lasts when its end is not known.
  package var unknownDay: Duration = .seconds(3_600)

  package init() {}
}
