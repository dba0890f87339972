import Foundation
import Testing

/// A page as a browser takes it apart, as far as the tests need it.
struct PageView {
  let text: String

  init(_ text: String) { self.text = text }

  init(at path: String) throws { self.init(try String(contentsOfFile: path, encoding: .utf8)) }

  /// What stands between the first such opening tag and what ends it.
  func element(_ open: String, _ close: String) throws -> String {
    let start = try #require(text.range(of: open), "\(open)")
    let end = try #require(text.range(of: close, range: start.upperBound..<text.endIndex))
    return String(text[start.upperBound..<end.lowerBound])
  }

  var script: String { get throws { try element("<script>", "</script>") } }
  var style: String { get throws { try element("<style>", "</style>") } }

  /// What the script makes the page of.
  var data: [String: Any] {
    get throws {
      let json = try element("<script type=\"application/json\" id=\"data\">", "</script>")
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
      return try #require(object as? [String: Any])
    }
  }

  var episodes: [[String: Any]] {
    get throws { try #require(try data["episodes"] as? [[String: Any]]) }
  }

  var groups: [[String: Any]] {
    get throws { try episodes.flatMap { $0["groups"] as? [[String: Any]] ?? [] } }
  }

  /// How often a text occurs, whatever its case.
  func count(_ part: String) -> Int {
    text.lowercased().components(separatedBy: part.lowercased()).count - 1
  }
}
