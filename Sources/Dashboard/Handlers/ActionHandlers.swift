import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What the buttons of pages do; each sends the browser back to where it was.
struct ActionHandlers: Sendable {
  let source: any DashboardSource
  let gate: Gate

  var routes: [Route] {
    [
      Route(.post, "/actions/retry") { call in
        let back = try await checked(call)
        _ = try await source.retry(nil)
        return back
      },
      Route(.post, "/actions/retry/#") { call in
        let back = try await checked(call)
        _ = try await source.retry(Route.number(call.path[2]))
        return back
      },
      Route(.post, "/actions/pause") { call in
        let back = try await checked(call)
        _ = try await source.pause(backlogOnly: false)
        return back
      },
      Route(.post, "/actions/pause-backlog") { call in
        let back = try await checked(call)
        _ = try await source.pause(backlogOnly: true)
        return back
      },
      Route(.post, "/actions/resume") { call in
        let back = try await checked(call)
        _ = try await source.resume()
        return back
      },
    ]
  }

  /// The way back, once it is clear that the change is wanted.
  private func checked(_ call: Call) async throws -> Response {
    let fields = try await call.form()
    try gate.checkChange(call, csrfToken: fields["csrf"])
    return PlainResponse.seeOther(SignInHandlers.local(fields["back"]))
  }
}
