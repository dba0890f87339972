@testable import Expressions

extension PoolMachine {
  var waitingCount: Int { waiting.count }
  var inFlightCount: Int { flights.count }
}
