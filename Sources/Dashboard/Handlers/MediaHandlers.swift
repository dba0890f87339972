import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Clips, captions, pictures and the gallery's pages.
struct MediaHandlers: Sendable {
  let source: any DashboardSource
  let files: FileLane

  var routes: [Route] {
    [
      Route(.get, "/media/#/*") { call in
        guard let id = Route.number(call.path[1]),
          let target = MediaPath.target(Array(call.path.dropFirst(2)))
        else { throw RequestProblem.notFound }
        switch target {
        case .page(let folder): return try await page(id, folder, call)
        case .file(let place):
          guard let file = try await source.file(of: id, at: place) else {
            throw RequestProblem.notFound
          }
          return try await files.response(file, to: call.request)
        }
      }
    ]
  }

  private func page(_ id: Int64, _ folder: String?, _ call: Call) async throws -> Response {
    let sheet = try await source.gallery(
      of: id, folder: folder, csrfToken: call.session?.csrfToken)
    guard let sheet else { throw RequestProblem.notFound }
    var response = PlainResponse.of(sheet.html, type: "text/html; charset=utf-8")
    response.headers[.contentSecurityPolicy] = sheet.contentSecurityPolicy
    return response
  }
}
