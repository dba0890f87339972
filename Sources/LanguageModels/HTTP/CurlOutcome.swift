import CCurl

/// Why libcurl gave a transfer up: the one place that reads its error codes.
struct CurlOutcome {
  var code: CURLcode
  /// libcurl's own words, or none.
  var detail: String
  /// Whether any of the request went to the server.
  var wasSent: Bool
  /// What a proxy answered when it was asked for a tunnel; 0 if it wasn't.
  var tunnelStatus: Int

  /// - Parameter server: as the message names it.
  func failure(of server: String, options: HTTPOptions) -> HTTPFailure {
    let (kind, story, cure) = reading(options)
    let reason = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    return HTTPFailure(kind: kind, message: "\(server): \(story) (\(reason)); \(cure).")
  }

  private typealias Reading = (kind: HTTPFailure.Kind, story: String, cure: String)

  private func reading(_ options: HTTPOptions) -> Reading {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      return (
        .unreachable, "its name is not known",
        "check the base URL's spelling, the network and the name server"
      )
    case CURLE_COULDNT_RESOLVE_PROXY:
      return (
        .unreachable, "the proxy's name is not known",
        "check the environment's http_proxy, HTTPS_PROXY and ALL_PROXY"
      )
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED:
      return (
        .unreachable, "can't connect",
        "check that the server runs, its address and port, and any firewall"
      )
    // Only the limit for connecting is left to libcurl.
    case CURLE_OPERATION_TIMEDOUT:
      return (
        .unreachable, "no connection within \(options.connectTimeLimit)",
        "check that the server runs, its address, and any firewall"
      )
    case CURLE_PROXY:
      return (.unreachable, "the proxy gives no connection", "check the proxy")
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_CLIENTCERT, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
      CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED:
      return security(options)
    case CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_UNKNOWN_OPTION,
      CURLE_BAD_FUNCTION_ARGUMENT:
      return (.invalid, "the request can't be made", "check the provider's base URL")
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
      return (
        .dropped, "its answer is not HTTP",
        "check the base URL's port, and whether it should begin with https://"
      )
    case CURLE_BAD_CONTENT_ENCODING:
      return (
        .dropped, "its answer can't be decompressed", "check the server and any proxy before it"
      )
    case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT:
      return (wasSent ? .dropped : .unreachable, "out of memory", "free some memory")
    default:
      return connection
    }
  }

  private func security(_ options: HTTPOptions) -> Reading {
    if code == CURLE_SSL_CACERT_BADFILE {
      if let file = options.caFile {
        return (
          .invalid, "the CA file \(file) can't be used",
          "check that it can be read and holds certificates in PEM"
        )
      }
      return (
        .untrusted, "the system's certificates can't be read", "install the ca-certificates package"
      )
    }
    // A connection that breaks says nothing about trust. OpenSSL tells it only in words.
    if code == CURLE_SSL_CONNECT_ERROR,
      ["SYSCALL", "reset by peer", "unexpected eof"].contains(where: { detail.contains($0) })
    {
      return (
        .unreachable, "the connection broke while TLS was set up",
        "check that the server speaks TLS on this port, or try later"
      )
    }
    if code == CURLE_PEER_FAILED_VERIFICATION {
      return (
        .untrusted, "its certificate is not trusted",
        """
        check that the base URL has the name that the certificate is for, and the clock; for a \
        server of your own give the certificate that signed it as the CA file
        """
      )
    }
    return (
      .untrusted, "TLS can't be set up",
      "check that the server speaks TLS on this port, and which versions of it"
    )
  }

  private var connection: Reading {
    if tunnelStatus >= 300 {
      return (
        .unreachable, "the proxy refused the connection with status \(tunnelStatus)",
        "check the proxy's rules and its user name and password"
      )
    }
    return wasSent
      ? (.dropped, "the connection broke before the whole answer came", "try again later")
      : (.unreachable, "the connection broke before the request was sent", "try again later")
  }
}
