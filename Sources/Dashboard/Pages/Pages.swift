import HTTPTypes
import Hummingbird

/// Makes whole pages: what is around the content is the same on all of them.
struct Pages: Sendable {
  let policy: AccessPolicy

  private static let places: [(path: String, name: Word)] = [
    ("/", .now), ("/episodes", .episodes), ("/search", .expressions), ("/failures", .failures),
    ("/history", .history), ("/libraries", .libraries), ("/budget", .budget),
    ("/settings", .settings),
  ]

  func page(
    _ template: String, title: Word, call: Call, status: HTTPResponse.Status = .ok,
    isLive: Bool = false, _ values: [String: Any]
  ) -> Response {
    page(
      template, title: Words.text(title, call.language), PageCall(call), status: status,
      isLive: isLive, values)
  }

  func page(_ template: String, title: String, call: Call, _ values: [String: Any]) -> Response {
    page(template, title: title, PageCall(call), status: .ok, isLive: false, values)
  }

  /// - Parameter call: nil where the request was refused before it was known who sends it.
  func problem(_ problem: RequestProblem, _ request: Request, call: Call?) -> Response {
    let around = call.map(PageCall.init) ?? PageCall(request)
    var response = page(
      "problem", title: Words.text(Self.title(problem.status), around.language), around,
      status: problem.status, isLive: false,
      [
        "message": problem.message(in: around.language),
        "needsSignIn": problem.status == .unauthorized,
      ])
    for field in problem.headers { response.headers.append(field) }
    return response
  }

  private func page(
    _ template: String, title: String, _ call: PageCall, status: HTTPResponse.Status,
    isLive: Bool, _ values: [String: Any]
  ) -> Response {
    let language = call.language
    var around: [String: Any] = [
      "title": title, "content": Templates.render(template, values, language), "isLive": isLive,
      "isReadOnly": call.isIn && call.session == nil, "csrf": call.session?.csrfToken ?? "",
      "isSignedIn": call.session?.isSignedIn ?? false, "language": language.rawValue,
      "otherLanguage": language.other.rawValue, "otherName": language.other.ownName,
      "otherAddress": LanguageHandlers.address(of: language.other, next: call.address),
    ]
    around["places"] =
      call.isIn
      ? Self.places.map { path, name in
        ["path": path, "name": Words.text(name, language), "isHere": path == call.here]
          as [String: Any]
      } : []
    return PlainResponse.of(
      Templates.render("layout", around, language), type: "text/html; charset=utf-8",
      status: status)
  }

  private static func title(_ status: HTTPResponse.Status) -> Word {
    switch status {
    case .notFound: .titleNotHere
    case .unauthorized: .signIn
    case .internalServerError: .titleFailed
    default: .titleOther
    }
  }
}

/// What a page's surroundings depend on.
private struct PageCall {
  var language: Language
  var session: Session?
  /// Whether who asks may look at pages at all.
  var isIn: Bool
  /// The path of the place that the page belongs to.
  var here: String
  /// Of this very page.
  var address: String

  init(_ call: Call) {
    language = call.language
    session = call.session
    isIn = call.standing != .unknown
    here = "/" + (call.path.first ?? "")
    address = call.request.method == .get ? call.request.uri.string : here
  }

  init(_ request: Request) {
    language = LanguageHandlers.language(of: request)
    isIn = false
    here = ""
    address = "/"
  }
}
