import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Signing in with the token, and out.
struct SignInHandlers: Sendable {
  let gate: Gate
  let pages: Pages

  var routes: [Route] {
    [
      Route(.get, "/sign-in", door: .open) { call in
        if call.standing != .unknown { return PlainResponse.seeOther("/") }
        return form(call, next: call.query["next"], message: nil)
      },
      Route(.post, "/sign-in", door: .open) { call in try await signIn(call) },
      Route(.post, "/sign-out") { call in
        try gate.checkChange(call, csrfToken: try await call.form()["csrf"])
        var response = PlainResponse.seeOther("/sign-in")
        response.headers.append(Gate.endedCookie)
        return response
      },
    ]
  }

  private func signIn(_ call: Call) async throws -> Response {
    guard gate.policy.needsSignIn else { return PlainResponse.seeOther("/") }
    try gate.checkPace(call.address)
    let fields = try await call.form()
    guard let token = fields["token"], gate.policy.isToken(token) else {
      gate.limit.recordFailure(call.address)
      return form(
        call, next: fields["next"], message: .wrongToken, status: .unauthorized)
    }
    gate.limit.recordSuccess(call.address)
    var response = PlainResponse.seeOther(Self.local(fields["next"]))
    response.headers.append(gate.cookie(gate.keys.make(isSignedIn: true)))
    return response
  }

  private func form(
    _ call: Call, next: String?, message: Word?, status: HTTPResponse.Status = .ok
  ) -> Response {
    var values: [String: Any] = ["next": Self.local(next)]
    if let message { values["message"] = Words.text(message, call.language) }
    return pages.page("signin", title: .signIn, call: call, status: status, values)
  }

  /// A path of this server; whatever leads elsewhere leads to the start.
  static func local(_ next: String?) -> String {
    guard let next, next.hasPrefix("/"), !next.hasPrefix("//"),
      next.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x5C }), next.utf8.count <= 500
    else { return "/" }
    return next
  }
}
