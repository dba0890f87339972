import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Lets requests in: reads the session and the token, slows down who guesses, and checks that a change is wanted by
/// the person whose browser sends it.
struct Gate: Sendable {
  let policy: AccessPolicy
  let keys: SessionKeys
  let limit: SignInLimit

  init(policy: AccessPolicy, keys: SessionKeys, now: @escaping @Sendable () -> Double) {
    self.policy = policy
    self.keys = keys
    limit = SignInLimit(now: now)
  }

  /// - Throws: `RequestProblem` 401 for who has to show the token first, 429 for who showed too many wrong ones.
  func admit(
    _ request: Request, _ path: [String], _ address: String, door: Route.Door
  ) throws(RequestProblem) -> Call {
    let bearer = Self.bearer(of: request)
    if bearer != nil, policy.needsSignIn { try checkPace(address) }
    let known = Cookies.value(SessionKeys.cookieName, of: request).flatMap {
      keys.session(ofCookie: $0)
    }
    let standing = policy.standing(session: known, bearer: bearer)
    if standing == .unknown, bearer != nil { limit.recordFailure(address) }
    guard standing != .unknown || door == .open else {
      throw RequestProblem(
        .unauthorized, .needsSignIn,
        headers: [.wwwAuthenticate: "Bearer realm=\"langflix\""])
    }
    var session: Session?
    switch standing {
    case .signedIn(let there): session = there
    case .guest(let there) where policy.canChange:
      session = there ?? keys.make(isSignedIn: false)
    case .guest, .program, .unknown: session = nil
    }
    return Call(
      request: request, path: path, query: try FormFields(request.uri.query ?? ""),
      standing: standing, session: session, isNewSession: session != nil && known == nil,
      address: address, language: LanguageHandlers.language(of: request))
  }

  func checkPace(_ address: String) throws(RequestProblem) {
    guard let wait = limit.wait(address) else { return }
    throw RequestProblem(
      .tooManyRequests, .tooManyTokens,
      headers: [.retryAfter: "\(Int(wait.rounded(.up)))"])
  }

  /// What a browser sends for a page of another origin is refused, whatever it knows.
  func checkOrigin(of call: Call, _ authority: String) throws(RequestProblem) {
    let headers = call.request.headers
    if let site = headers[.fetchSite], site != "same-origin", site != "none" {
      throw RequestProblem(.forbidden, .otherSite)
    }
    guard let origin = headers[.origin] else { return }
    guard let colon = origin.range(of: "://"), origin[colon.upperBound...] == authority else {
      throw RequestProblem(.forbidden, .otherSite)
    }
  }

  /// Whether the request may change something.
  /// - Parameter csrfToken: what the form sent; else the header counts.
  func checkChange(_ call: Call, csrfToken: String?) throws(RequestProblem) {
    guard policy.canChange else {
      throw RequestProblem(.forbidden, .noToken)
    }
    if call.standing == .program { return }
    guard let session = call.session, !call.isNewSession,
      let sent = csrfToken ?? call.request.headers[.csrfToken],
      ConstantTime.areEqual(sent, session.csrfToken)
    else {
      throw RequestProblem(.forbidden, .oldForm)
    }
  }

  /// The header that sets a session's cookie.
  func cookie(_ session: Session) -> HTTPField {
    HTTPField(
      name: .setCookie,
      value: """
        \(SessionKeys.cookieName)=\(session.cookie); Path=/; Max-Age=\(Int(SessionKeys.lifetime)); HttpOnly; \
        SameSite=Strict
        """)
  }

  static let endedCookie = HTTPField(
    name: .setCookie,
    value: "\(SessionKeys.cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")

  private static func bearer(of request: Request) -> String? {
    guard let text = request.headers[.authorization] else { return nil }
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
    return String(parts[1])
  }
}
