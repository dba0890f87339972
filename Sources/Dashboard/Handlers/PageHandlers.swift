import Hummingbird
import HummingbirdCore

/// The pages that people look at.
struct PageHandlers: Sendable {
  let source: any DashboardSource
  let pages: Pages

  var routes: [Route] {
    [
      Route(.get, "/") { call in
        pages.page("home", title: .now, call: call, isLive: true, try await overview(call))
      },
      Route(.get, "/episodes") { call in try await episodes(call) },
      Route(.get, "/episodes/#") { call in try await episode(call) },
      Route(.get, "/failures") { call in try await failures(call) },
      Route(.get, "/history") { call in try await history(call) },
      Route(.get, "/search") { call in try await search(call) },
      Route(.get, "/libraries") { call in
        // On its own page a part has a frame that the script finds.
        let values = try await overview(call).merging(["isPage": true]) { $1 }
        return pages.page("libraries", title: .libraries, call: call, isLive: true, values)
      },
      Route(.get, "/budget") { call in
        pages.page("budget", title: .budget, call: call, try await overview(call))
      },
      Route(.get, "/settings") { call in
        let entries = await source.settings()
        return pages.page(
          "settings", title: .settings, call: call,
          ["settings": entries.map { ["key": $0.key, "value": $0.value, "origin": $0.origin] }])
      },
    ]
  }

  private func overview(_ call: Call) async throws -> [String: Any] {
    OverviewParts.values(try await source.overview(), call.language)
  }

  private func episodes(_ call: Call) async throws -> Response {
    let query = try Queries.episodes(call.query, isForm: true)
    let page = try await source.episodes(query)
    let language = call.language
    let states = EpisodeQuery.states.map { ($0, Shown.state($0, language)) }
    var values: [String: Any] = [
      "episodes": page.entries.map(EpisodeValues(language).entry), "total": page.total,
      "isEmpty": page.entries.isEmpty, "q": query.text ?? "",
      "states": Self.options(
        [("", Words.text(.anyState, language))] + states, chosen: query.state),
    ]
    values["pager"] = Pager.values(call, query.range, page.total)
    return pages.page("episodes", title: .episodes, call: call, values)
  }

  private static func options(
    _ all: [(value: String, name: String)], chosen: String?
  ) -> [[String: Any]] {
    all.map { ["value": $0.value, "name": $0.name, "isChosen": $0.value == chosen ?? ""] }
  }

  private func episode(_ call: Call) async throws -> Response {
    guard let id = Route.number(call.path[1]), let detail = try await source.episode(id) else {
      throw RequestProblem(.notFound, .noEpisode)
    }
    let shown = EpisodeValues(call.language)
    var values = shown.entry(detail.episode)
    values["path"] = detail.path
    values["size"] = Shown.bytes(detail.sizeBytes)
    values["clipList"] = detail.clips.map {
      shown.clip($0, episode: id, folder: detail.folderName)
    }
    values["incidents"] = detail.incidents.map(shown.incident)
    values["hasIncidents"] = !detail.incidents.isEmpty
    if let folder = detail.folder { values["folder"] = folder }
    if detail.hasGallery, let folder = detail.folderName {
      values["gallery"] = MediaPath.gallery(episode: id, folder: folder)
    }
    return pages.page("episode", title: detail.episode.name, call: call, values)
  }

  private func failures(_ call: Call) async throws -> Response {
    try call.query.expect(only: ["limit", "offset"])
    let range = try call.query.range()
    let page = try await source.episodes(EpisodeQuery(state: "failed", range: range))
    return pages.page(
      "failures", title: .failures, call: call,
      [
        "episodes": page.entries.map(EpisodeValues(call.language).entry),
        "isEmpty": page.entries.isEmpty, "pager": Pager.values(call, range, page.total) as Any,
      ])
  }

  private func history(_ call: Call) async throws -> Response {
    try call.query.expect(only: ["limit", "offset"])
    let range = try call.query.range()
    let page = try await source.history(range)
    return pages.page(
      "history", title: .history, call: call,
      [
        "incidents": page.entries.map(EpisodeValues(call.language).incident),
        "isEmpty": page.entries.isEmpty, "pager": Pager.values(call, range, page.total) as Any,
      ])
  }

  private func search(_ call: Call) async throws -> Response {
    let query = try Queries.search(call.query, isForm: true)
    let page = try await source.search(query)
    let shown = EpisodeValues(call.language)
    let found = page.entries.map { entry in
      shown.expression(entry.expression).merging([
        "episode": entry.episode, "name": entry.episodeName, "clip": entry.clip,
        "library": entry.library,
      ]) { $1 }
    }
    return pages.page(
      "search", title: .expressions, call: call,
      [
        "found": found, "total": page.total, "isEmpty": found.isEmpty, "q": query.text,
        "levels": Self.options(
          [("", Words.text(.anyLevel, call.language))] + SearchQuery.levels.map { ($0, $0) },
          chosen: query.level),
        "pager": Pager.values(call, query.range, page.total) as Any,
      ])
  }
}
