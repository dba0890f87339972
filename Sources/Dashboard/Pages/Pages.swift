import HTTPTypes
import Hummingbird

/// Makes whole pages: what is around the content is the same on all of them.
struct Pages: Sendable {
  let policy: AccessPolicy

  private static let places = [
    ("/", "Now"), ("/episodes", "Episodes"), ("/search", "Expressions"),
    ("/failures", "Failures"), ("/history", "History"), ("/libraries", "Libraries"),
    ("/budget", "Budget"), ("/settings", "Settings"),
  ]

  func page(
    _ template: String, title: String, call: Call?, status: HTTPResponse.Status = .ok,
    isLive: Bool = false, _ values: [String: Any]
  ) -> Response {
    let here = "/" + (call?.path.first ?? "")
    let isIn = call.map { $0.standing != .unknown } ?? false
    var around: [String: Any] = [
      "title": title, "content": Templates.render(template, values), "isLive": isLive,
      "isReadOnly": isIn && call?.session == nil,
      "csrf": call?.session?.csrfToken ?? "",
      "isSignedIn": call?.session?.isSignedIn ?? false,
    ]
    around["places"] =
      isIn
      ? Self.places.map { path, name in
        ["path": path, "name": name, "isHere": path == here] as [String: Any]
      } : []
    return PlainResponse.of(
      Templates.render("layout", around), type: "text/html; charset=utf-8", status: status)
  }

  func problem(_ problem: RequestProblem, call: Call?) -> Response {
    var response = page(
      "problem", title: Self.title(problem.status), call: call, status: problem.status,
      ["message": problem.message, "needsSignIn": problem.status == .unauthorized])
    for field in problem.headers { response.headers.append(field) }
    return response
  }

  private static func title(_ status: HTTPResponse.Status) -> String {
    switch status {
    case .notFound: "Not here"
    case .unauthorized: "Sign in"
    case .internalServerError: "That failed"
    default: "That did not work"
    }
  }
}
