import Crypto
import Foundation
import SystemPackage

/// One HTML file that shows clips, with all that it needs but the clips themselves.
///
/// It works opened as a file and from a server. Its own policy lets one script and one style run, which are named by
/// their hashes; whatever stands in subtitles, answers and file names is text in it. The same data give the same bytes.
package enum GalleryPage {
  package static let fileName = "index.html"

  /// For the `Content-Security-Policy` header of whoever serves a page as it is here.
  package static let contentSecurityPolicy = policy(
    media: "'self'", more: ["frame-ancestors 'none'"])

  /// The text of a page or a manifest that lies in a folder; nil where there is no plain file of a usual size, for
  /// anyone who may write to the share may have put a link there. Blocks.
  package static func text(of file: FilePath) -> String? {
    guard let bytes = try? Files.read(file, limit: 16 << 20, followsLinks: false) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Fills in what the page asks a server with; nil for what is no page of this version.
  /// - Parameters:
  ///   - api: where `/known` is found below; empty where the reader may change nothing.
  ///   - csrfToken: sent back with each request.
  ///   - known: which of the page's dictionary forms the learner knows already.
  package static func served(
    _ page: String, api: String, csrfToken: String, known: [String] = []
  ) -> String? {
    guard isCurrent(Array(page.utf8.prefix(headLength))),
      let body = page.range(of: openBody)
    else { return nil }
    var attributes =
      "data-api=\"\(GalleryText.html(api))\" data-csrf=\"\(GalleryText.html(csrfToken))\""
    if !known.isEmpty, let json = try? JSONEncoder().encode(known) {
      attributes += " data-known=\"\(GalleryText.html(String(decoding: json, as: UTF8.self)))\""
    }
    return page.replacingCharacters(in: body, with: "<body \(attributes)>")
  }

  /// The dictionary forms of the expressions on a page, each once; none for what is no page of ours.
  package static func forms(in page: String) -> Set<String> {
    guard let begin = page.range(of: openData),
      let end = page.range(of: "</script>", range: begin.upperBound..<page.endIndex),
      let data = try? JSONDecoder().decode(
        FormsOfPage.self, from: Data(page[begin.upperBound..<end.lowerBound].utf8))
    else { return [] }
    return Set(data.episodes.flatMap(\.groups).flatMap(\.expressions).map(\.form))
  }

  /// What of `GalleryData` names the expressions.
  private struct FormsOfPage: Decodable {
    struct Episode: Decodable { var groups: [Group] }
    struct Group: Decodable { var expressions: [Expression] }
    struct Expression: Decodable { var form: String }

    var episodes: [Episode]
  }

  static func render(_ data: GalleryData) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(data), as: UTF8.self)
    return fill([
      "EDITION": edition, "POLICY": metaPolicy, "TITLE": GalleryText.html(data.title),
      "STYLE": style, "PLAIN": GalleryPlainList.html(data), "DATA": GalleryText.script(json: json),
      "SCRIPT": script,
    ])
  }

  // MARK: - Which pages are ours

  /// How much of a file tells whether it is such a page.
  static let headLength = 128

  /// Whether a file that begins so was written by any version.
  static func isOurs(_ head: [UInt8]) -> Bool { head.starts(with: mark.utf8) }

  /// Whether a file that begins so was written by this version.
  static func isCurrent(_ head: [UInt8]) -> Bool {
    head.starts(with: "\(mark)\(edition) -->".utf8)
  }

  private static let mark = "<!DOCTYPE html>\n<!-- langflix gallery "

  // MARK: - Parts

  private static let openBody = "<body data-api=\"\" data-csrf=\"\">"
  private static let openData = "<script type=\"application/json\" id=\"data\">"
  private static let template = text(PackageResources.page_html)
  static let style = text(PackageResources.style_css)
  static let script =
    "(() => {\n\"use strict\";\n"
    + [
      PackageResources.words_js, PackageResources.player_js, PackageResources.cards_js,
      PackageResources.main_js,
    ].map(text).joined() + "})();\n"

  /// Of the template, the style and the script: another one makes pages be written anew.
  private static let edition = String(hex(template + style + script).prefix(12))

  /// What a page says of itself. A browser that opens a file takes `'self'` for nothing.
  private static let metaPolicy = policy(media: "'self' file:", more: [])

  private static func policy(media: String, more: [String]) -> String {
    ([
      "default-src 'none'", "script-src '\(source(script))'", "style-src '\(source(style))'",
      "img-src \(media)", "media-src \(media)", "connect-src 'self'", "base-uri 'none'",
      "form-action 'none'",
    ] + more).joined(separator: "; ")
  }

  private static func source(_ text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }

  private static func hex(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// One pass over the template: a value that looks like a place of its own stays as it is.
  private static func fill(_ values: [String: String]) -> String {
    var page = ""
    for (position, piece) in template.components(separatedBy: "{{").enumerated() {
      guard position > 0, let end = piece.range(of: "}}") else {
        page += piece
        continue
      }
      page += values[String(piece[..<end.lowerBound])] ?? ""
      page += piece[end.upperBound...]
    }
    return page
  }
}
