/// What the server has seen so far.
package struct Traffic: Sendable {
  /// In order of arrival.
  package fileprivate(set) var requests: [RecordedRequest] = []
  /// Requests that have come and whose response is not complete yet.
  package fileprivate(set) var inFlight: Set<Int> = []
  /// The most requests that were in flight at once.
  ///
  /// A request stops counting just before its last byte is sent: a client that answers a response
  /// with its next request is never counted twice.
  package fileprivate(set) var inFlightPeak = 0
  /// Numbers of the requests whose client hung up before the response was complete.
  package fileprivate(set) var abandoned: [Int] = []

  mutating func record(_ make: (Int) -> RecordedRequest) -> RecordedRequest {
    let request = make(requests.count + 1)
    requests.append(request)
    inFlight.insert(request.number)
    inFlightPeak = max(inFlightPeak, inFlight.count)
    return request
  }

  /// Only the first of the two counts.
  mutating func complete(_ number: Int) { inFlight.remove(number) }

  mutating func abandon(_ number: Int) {
    if inFlight.remove(number) != nil { abandoned.append(number) }
  }
}
