/// Who may look, and who may change something.
///
/// With a token: whoever has it, both. Without one: on this machine's own address both, on others looking only.
struct AccessPolicy: Sendable {
  enum Standing: Sendable, Equatable {
    /// It has to show the token first.
    case unknown
    /// It may look; what it may have done depends on `canChange` and on its session.
    case guest(Session?)
    /// A browser that was signed in.
    case signedIn(Session)
    /// A program that sent the token.
    case program
  }

  let token: String?
  let isLoopback: Bool

  init(token: String?, isLoopback: Bool) {
    self.token = token
    self.isLoopback = isLoopback
  }

  /// Whether anyone may change anything here.
  var canChange: Bool { token != nil || isLoopback }

  var needsSignIn: Bool { token != nil }

  func isToken(_ text: String) -> Bool {
    guard let token else { return false }
    return ConstantTime.areEqual(text, token)
  }

  /// - Parameters:
  ///   - session: of the request's cookie.
  ///   - bearer: what the request sent as a token.
  func standing(session: Session?, bearer: String?) -> Standing {
    guard needsSignIn else { return .guest(session) }
    if let bearer { return isToken(bearer) ? .program : .unknown }
    if let session, session.isSignedIn { return .signedIn(session) }
    return .unknown
  }
}
