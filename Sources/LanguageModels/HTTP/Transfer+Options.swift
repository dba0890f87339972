import CCurl
import SystemPackage

extension Transfer {
  private static let keepAliveIdle = 30
  private static let keepAliveInterval = 15

  func configure(_ options: HTTPOptions, errorText: UnsafeMutablePointer<CChar>)
    throws(HTTPFailure)
  {
    try set(lfSetPointer(easy, CURLOPT_ERRORBUFFER, errorText))
    try set(text: CURLOPT_URL, send.request.url)
    try set(text: CURLOPT_PROTOCOLS_STR, "http,https")
    try set(long: CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    try set(text: CURLOPT_USERAGENT, options.userAgent)
    // "": every compression that libcurl knows.
    try set(text: CURLOPT_ACCEPT_ENCODING, "")
    // A redirect could carry the key to another host.
    try set(long: CURLOPT_FOLLOWLOCATION, 0)
    try set(long: CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try configureConnection(options)
    try configureTrust(options.caFile)
    try configureMessage()
    try configureCallbacks()
  }

  private func configureConnection(_ options: HTTPOptions) throws(HTTPFailure) {
    // 0 would mean libcurl's default, and the total limit ends this one in any case.
    let connectLimit = min(max(options.connectTimeLimit, .milliseconds(1)), .seconds(86_400))
    try set(long: CURLOPT_CONNECTTIMEOUT_MS, Int(connectLimit / .milliseconds(1)))
    try set(long: CURLOPT_TCP_KEEPALIVE, 1)
    try set(long: CURLOPT_TCP_KEEPIDLE, Self.keepAliveIdle)
    try set(long: CURLOPT_TCP_KEEPINTVL, Self.keepAliveInterval)
    try set(lfCloseSocketsOnExec(easy))
    // Signals are of the process; this is one thread of many.
    try set(long: CURLOPT_NOSIGNAL, 1)
    // Removing a transfer would otherwise wait until its name's resolution ends, and every other
    // transfer with it. The resolver's thread frees what it holds when it ends.
    try set(long: CURLOPT_QUICK_EXIT, 1)
  }

  private func configureTrust(_ caFile: FilePath?) throws(HTTPFailure) {
    try set(long: CURLOPT_SSL_VERIFYPEER, 1)
    try set(long: CURLOPT_SSL_VERIFYHOST, 2)
    if let caFile {
      try set(caFile.withPlatformString { lfSetPointer(easy, CURLOPT_CAINFO, $0) })
    } else if lfHasBundle() != 0 {
      // libcurl parses the bundle once for all connections, but only if there is no folder besides.
      try set(lfSetPointer(easy, CURLOPT_CAPATH, nil))
    }
  }

  private func configureMessage() throws(HTTPFailure) {
    let request = send.request
    // Without these libcurl would wait for a "100 Continue", and call any body a form.
    var lines = ["Expect:"]
    if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      lines.append("Content-Type:")
    }
    for header in request.headers {
      // "Name:" would leave the header out, "Name;" sends it empty.
      let isEmpty = header.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      lines.append(isEmpty ? header.name + ";" : "\(header.name): \(header.value)")
    }
    for line in lines {
      guard let list = curl_slist_append(headerList, line) else {
        throw failure(CURLE_OUT_OF_MEMORY)
      }
      headerList = list
    }
    try set(lfSetPointer(easy, CURLOPT_HTTPHEADER, headerList))

    switch request.method {
    case "GET" where request.body.isEmpty: try set(long: CURLOPT_HTTPGET, 1)
    case "HEAD": try set(long: CURLOPT_NOBODY, 1)
    case "POST": try setBody(request.body)
    default:
      if !request.body.isEmpty { try setBody(request.body) }
      try set(text: CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  private func setBody(_ body: [UInt8]) throws(HTTPFailure) {
    try set(long: CURLOPT_POST, 1)
    try set(lfSetSize(easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(body.count)))
    // libcurl copies as many bytes as were just told; from none it wants a pointer all the same.
    let code =
      body.isEmpty
      ? lfSetPointer(easy, CURLOPT_COPYPOSTFIELDS, "")
      : body.withUnsafeBytes { lfSetPointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
    try set(code)
  }

  private func configureCallbacks() throws(HTTPFailure) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try set(
      lfSetWriter(
        easy,
        { bytes, size, count, context in
          Transfer.hand(bytes, size * count, to: context) { $0.receive(body: $1) }
        }, context))
    try set(
      lfSetHeaderReader(
        easy,
        { bytes, size, count, context in
          Transfer.hand(bytes, size * count, to: context) { $0.receive(headerLine: $1) }
        }, context))
  }

  /// - Returns: `count`, or else what makes libcurl stop the transfer.
  private static func hand(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, to context: UnsafeMutableRawPointer?,
    _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
  }

  private func set(long option: CURLoption, _ value: Int) throws(HTTPFailure) {
    try set(lfSetLong(easy, option, value))
  }

  private func set(text option: CURLoption, _ value: String) throws(HTTPFailure) {
    try set(lfSetPointer(easy, option, value))
  }

  private func set(_ code: CURLcode) throws(HTTPFailure) {
    guard code == CURLE_OK else { throw failure(code) }
  }
}
