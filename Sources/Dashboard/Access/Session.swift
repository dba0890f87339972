/// A browser that was here before, known by its cookie.
struct Session: Sendable, Equatable {
  /// What the cookie holds.
  let cookie: String
  /// What a form must send along to show that it is ours.
  let csrfToken: String
  /// Whether the token was given; where none is set, nobody signs in.
  let isSignedIn: Bool
}
