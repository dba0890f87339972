/// A ticket whose request is to be sent now.
package struct PoolStart: Sendable, Hashable {
  package var id: Int
  package var lane: Int
  /// The one request that shows whether the lane is well again.
  package var isProbe: Bool
  /// Reserved of the lane's day: to be written before the request is sent.
  package var usd: Double

  package init(id: Int, lane: Int, isProbe: Bool, usd: Double) {
    self.id = id
    self.lane = lane
    self.isProbe = isProbe
    self.usd = usd
  }
}
