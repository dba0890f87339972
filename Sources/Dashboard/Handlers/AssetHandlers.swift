import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Style, script and icon, and the sign of life.
struct AssetHandlers: Sendable {
  /// Changes with the program, so that browsers keep nothing that is out of date.
  private static let cacheControl = "public, max-age=300"

  var routes: [Route] {
    [
      asset("/assets/style.css", "text/css; charset=utf-8", PackageResources.style_css),
      asset("/assets/page.js", "text/javascript; charset=utf-8", PackageResources.page_js),
      asset("/assets/icon.svg", "image/svg+xml", PackageResources.icon_svg),
      Route(.get, "/healthz", door: .open) { _ in PlainResponse.of("ok\n") },
    ]
  }

  private func asset(_ path: String, _ type: String, _ bytes: [UInt8]) -> Route {
    let buffer = ByteBuffer(bytes: bytes)
    return Route(.get, path, door: .open) { _ in
      Response(
        status: .ok, headers: [.contentType: type, .cacheControl: Self.cacheControl],
        body: .init(byteBuffer: buffer))
    }
  }
}
