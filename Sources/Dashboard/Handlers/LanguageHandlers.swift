import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The link that switches the language, kept by a cookie. It changes nothing but that, so it needs no form.
struct LanguageHandlers: Sendable {
  private static let cookieName = "langflix_language"
  private static let lifetime = 365 * 86_400

  var routes: [Route] {
    [
      Route(.get, "/language/:", door: .open) { call in
        guard let language = Language(rawValue: call.path[1]) else { throw RequestProblem.notFound }
        var response = PlainResponse.seeOther(SignInHandlers.local(call.query["next"]))
        response.headers.append(
          HTTPField(
            name: .setCookie,
            value: """
              \(Self.cookieName)=\(language.rawValue); Path=/; Max-Age=\(Self.lifetime); HttpOnly; SameSite=Lax
              """))
        return response
      }
    ]
  }

  /// What was chosen, else what the browser prefers.
  static func language(of request: Request) -> Language {
    Cookies.value(cookieName, of: request).flatMap(Language.init(rawValue:))
      ?? Language(accepting: request.headers[.acceptLanguage])
  }

  static func address(of language: Language, next: String) -> String {
    "/language/\(language.rawValue)?next=\(Percent.encode(next))"
  }
}
