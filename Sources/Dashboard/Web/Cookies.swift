import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What a browser sends back.
enum Cookies {
  /// Nil where there is none of this name.
  static func value(_ name: String, of request: Request) -> String? {
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0].drop(while: { $0 == " " }) == name { return String(parts[1]) }
      }
    }
    return nil
  }
}
