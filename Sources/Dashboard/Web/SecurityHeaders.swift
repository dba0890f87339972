import HTTPTypes

/// What every response tells browsers to refuse.
enum SecurityHeaders {
  /// Scripts, styles and pictures of this server only; no frames, no plug-ins, forms to here alone.
  static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
    """

  static func add(to headers: inout HTTPFields) {
    if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = policy }
    headers[.xContentTypeOptions] = "nosniff"
    // With "no-referrer" browsers would hide the origin of our own forms, too, which is looked at.
    headers[.referrerPolicy] = "same-origin"
    headers[.frameOptions] = "DENY"
    headers[.crossOriginResourcePolicy] = "same-origin"
    headers[.crossOriginOpenerPolicy] = "same-origin"
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
  }
}

extension HTTPField.Name {
  static let referrerPolicy = Self("Referrer-Policy")!
  static let frameOptions = Self("X-Frame-Options")!
  static let crossOriginOpenerPolicy = Self("Cross-Origin-Opener-Policy")!
  static let csrfToken = Self("X-CSRF-Token")!
  static let fetchSite = Self("Sec-Fetch-Site")!
}
