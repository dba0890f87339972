import Crypto
import Foundation

/// Makes and checks the cookies of sessions. Nothing is kept: a cookie is valid for what it says and is signed with.
///
/// With a token the key follows from it, so that sessions outlive a restart and end when the token changes; without
/// one it is new at each start.
struct SessionKeys: Sendable {
  static let cookieName = "langflix_session"
  static let lifetime = 30.0 * 86_400

  private let key: SymmetricKey
  private let now: @Sendable () -> Double

  init(token: String?, now: @escaping @Sendable () -> Double) {
    let secret = token.map { SymmetricKey(data: Data($0.utf8)) } ?? SymmetricKey(size: .bits256)
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: secret, info: Data("langflix dashboard sessions".utf8), outputByteCount: 32)
    self.now = now
  }

  func make(isSignedIn: Bool) -> Session {
    let ends = UInt64(now() + Self.lifetime)
    var payload = (0..<8).map { UInt8(truncatingIfNeeded: ends >> (56 - 8 * $0)) }
    payload.append(isSignedIn ? 1 : 0)
    payload += (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    return session(payload)
  }

  /// The session of a cookie; nil when it is none of ours, was changed, or has ended.
  func session(ofCookie cookie: String) -> Session? {
    let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let payload = Base64URL.bytes(String(parts[0])), payload.count == 25,
      let signature = Base64URL.bytes(String(parts[1])),
      HMAC<SHA256>.isValidAuthenticationCode(
        signature, authenticating: Self.signed("cookie", payload), using: key)
    else { return nil }
    let ends = payload[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard Double(ends) > now() else { return nil }
    return session(payload)
  }

  private func session(_ payload: [UInt8]) -> Session {
    let signature = HMAC<SHA256>.authenticationCode(
      for: Self.signed("cookie", payload), using: key)
    let csrf = HMAC<SHA256>.authenticationCode(for: Self.signed("csrf", payload), using: key)
    return Session(
      cookie: Base64URL.text(payload) + "." + Base64URL.text(signature),
      csrfToken: Base64URL.text(csrf), isSignedIn: payload[8] == 1)
  }

  private static func signed(_ purpose: String, _ payload: [UInt8]) -> Data {
    Data(purpose.utf8 + [0] + payload)
  }
}
