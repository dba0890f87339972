import CCurl

/// One request in libcurl's hands: its easy handle, and what has come of the answer.
///
/// Made, used and released on the transfer thread only. libcurl's callbacks get it unretained: the
/// loop keeps it until the handle is out of the multi handle.
final class Transfer {
  private static let headerByteLimit = 256 << 10
  private static let errorSize = Int(CURL_ERROR_SIZE)

  let send: PendingSend
  let easy: UnsafeMutableRawPointer
  private let options: HTTPOptions
  private let errorText: UnsafeMutablePointer<CChar>
  var headerList: UnsafeMutablePointer<curl_slist>?

  private var headers: [HTTPHeader] = []
  private var headerByteCount = 0
  private var body: [UInt8] = []
  private var pace: BodyPace
  /// Set when a callback has stopped the transfer.
  private var refusal: HTTPFailure?

  init(_ send: PendingSend, options: HTTPOptions) throws(HTTPFailure) {
    guard let easy = curl_easy_init() else {
      throw HTTPFailure(
        kind: .unreachable, message: "\(send.server): not asked, out of memory; free some memory.")
    }
    self.send = send
    self.easy = easy
    self.options = options
    pace = BodyPace(lowestSpeed: options.lowSpeedLimit, patience: options.lowSpeedSpan)
    errorText = .allocate(capacity: Self.errorSize)
    errorText.initialize(repeating: 0, count: Self.errorSize)
    try configure(options, errorText: errorText)
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  /// When `overdue` has to be asked, unless more of the body comes.
  var deadline: ContinuousClock.Instant {
    pace.deadline.map { min($0, send.deadline) } ?? send.deadline
  }

  /// - Returns: the failure if a time limit has passed.
  func overdue(at now: ContinuousClock.Instant) -> HTTPFailure? {
    if now >= send.deadline { return send.lateness(progress) }
    guard let limit = pace.deadline, now >= limit else { return nil }
    return HTTPFailure(
      kind: .timedOut,
      message: """
        \(send.server): the answer stopped after \(body.count) bytes: for \(options.lowSpeedSpan) \
        it came slower than \(options.lowSpeedLimit) B/s; try again later.
        """)
  }

  private var progress: String {
    if !body.isEmpty { return "\(body.count) bytes of the answer had come" }
    if !headers.isEmpty { return "the answer had just begun" }
    return wasSent ? "the answer had not begun" : "there was no connection yet"
  }

  private var wasSent: Bool {
    lfGetSize(easy, CURLINFO_PRETRANSFER_TIME_T) > 0 && lfGetLong(easy, CURLINFO_REQUEST_SIZE) > 0
  }

  /// What the transfer came to, once libcurl says that it is done.
  func result(_ code: CURLcode) -> Result<HTTPResponse, any Error> {
    if let refusal { return .failure(refusal) }
    guard code == CURLE_OK else { return .failure(failure(code)) }
    return .success(
      HTTPResponse(
        status: lfGetLong(easy, CURLINFO_RESPONSE_CODE), headers: headers, body: body,
        duration: send.startedAt.duration(to: .now)))
  }

  func failure(_ code: CURLcode) -> HTTPFailure {
    CurlOutcome(
      code: code, detail: String(cString: errorText), wasSent: wasSent,
      tunnelStatus: lfGetLong(easy, CURLINFO_HTTP_CONNECTCODE)
    ).failure(of: send.server, options: options)
  }

  /// - Returns: false to stop the transfer.
  func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= options.responseByteLimit - body.count else {
      refuse("the answer is beyond the limit of \(options.responseByteLimit) bytes")
      return false
    }
    body.append(contentsOf: bytes)
    if pace.deadline != nil || bytes.contains(where: { !Self.isBlank($0) }) {
      pace.received(bytes.count, at: .now)
    }
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// A line of the header, with its end; false to stop the transfer.
  func receive(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
    headerByteCount += bytes.count
    guard headerByteCount <= Self.headerByteLimit else {
      refuse("the answer's headers are beyond \(Self.headerByteLimit) bytes")
      return false
    }
    let line = bytes.prefix { $0 != 0x0D && $0 != 0x0A }
    if line.starts(with: "HTTP/".utf8) {
      // An interim answer, such as 103, came before.
      headers = []
    } else if let first = line.first, Self.isBlank(first), let last = headers.indices.last {
      headers[last].value += " " + Self.text(line)
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      headers.append(HTTPHeader(Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
    }
    return true
  }

  private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let start = bytes.drop(while: isBlank)
    let end = start.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start.startIndex
    return String(decoding: start[..<end], as: UTF8.self)
  }

  /// Closes the connection at the transfer's end, unless others share it.
  ///
  /// libcurl 7.88 keeps the reset of an HTTP/2 stream back until the connection is used again: on
  /// an idle one the server would go on with its answer.
  func forbidReuse() { lfSetLong(easy, CURLOPT_FORBID_REUSE, 1) }

  private func refuse(_ story: String) {
    forbidReuse()
    refusal = HTTPFailure(
      kind: .tooLarge, message: "\(send.server): \(story); check that this is the right server.")
  }
}
