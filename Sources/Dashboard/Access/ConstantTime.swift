import Crypto
import Foundation

/// Comparison whose time tells nothing of where two texts differ, nor of their lengths.
enum ConstantTime {
  static func areEqual(_ one: String, _ other: String) -> Bool {
    let key = SymmetricKey(size: .bits256)
    let code = HMAC<SHA256>.authenticationCode(for: Data(one.utf8), using: key)
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: Data(other.utf8), using: key)
  }
}
