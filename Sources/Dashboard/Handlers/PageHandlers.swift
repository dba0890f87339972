import Hummingbird
import HummingbirdCore

/// The pages that people look at.
struct PageHandlers: Sendable {
  let source: any DashboardSource
  let pages: Pages

  var routes: [Route] {
    [
      Route(.get, "/") { call in
        let values = OverviewParts.values(try await source.overview())
        return pages.page("home", title: "Now", call: call, isLive: true, values)
      },
      Route(.get, "/episodes") { call in try await episodes(call) },
      Route(.get, "/episodes/#") { call in try await episode(call) },
      Route(.get, "/failures") { call in try await failures(call) },
      Route(.get, "/history") { call in try await history(call) },
      Route(.get, "/search") { call in try await search(call) },
      Route(.get, "/libraries") { call in
        let values = OverviewParts.values(try await source.overview())
        return pages.page("libraries", title: "Libraries", call: call, isLive: true, page(values))
      },
      Route(.get, "/budget") { call in
        let values = OverviewParts.values(try await source.overview())
        return pages.page("budget", title: "Budget", call: call, values)
      },
      Route(.get, "/settings") { call in
        let entries = await source.settings()
        return pages.page(
          "settings", title: "Settings", call: call,
          ["settings": entries.map { ["key": $0.key, "value": $0.value, "origin": $0.origin] }])
      },
    ]
  }

  /// On its own page a part has a frame that the script finds.
  private func page(_ values: [String: Any]) -> [String: Any] {
    values.merging(["isPage": true]) { $1 }
  }

  private func episodes(_ call: Call) async throws -> Response {
    let query = try Queries.episodes(call.query)
    let page = try await source.episodes(query)
    var values: [String: Any] = [
      "episodes": page.entries.map(EpisodeValues.entry), "total": page.total,
      "isEmpty": page.entries.isEmpty, "q": query.text ?? "",
      "states": ([""] + EpisodeQuery.states).map { state in
        [
          "value": state, "name": state.isEmpty ? "any state" : Shown.state(state),
          "isChosen": state == query.state ?? "",
        ] as [String: Any]
      },
    ]
    values["pager"] = Pager.values(call, query.range, page.total)
    return pages.page("episodes", title: "Episodes", call: call, values)
  }

  private func episode(_ call: Call) async throws -> Response {
    guard let id = Route.number(call.path[1]), let detail = try await source.episode(id) else {
      throw RequestProblem(.notFound, "there is no such episode")
    }
    var values = EpisodeValues.entry(detail.episode)
    values["path"] = detail.path
    values["size"] = Shown.bytes(detail.sizeBytes)
    values["clipList"] = detail.clips.map {
      EpisodeValues.clip($0, episode: id, folder: detail.folderName)
    }
    values["incidents"] = detail.incidents.map(EpisodeValues.incident)
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
      "failures", title: "Failures", call: call,
      [
        "episodes": page.entries.map(EpisodeValues.entry), "isEmpty": page.entries.isEmpty,
        "pager": Pager.values(call, range, page.total) as Any,
      ])
  }

  private func history(_ call: Call) async throws -> Response {
    try call.query.expect(only: ["limit", "offset"])
    let range = try call.query.range()
    let page = try await source.history(range)
    return pages.page(
      "history", title: "History", call: call,
      [
        "incidents": page.entries.map(EpisodeValues.incident), "isEmpty": page.entries.isEmpty,
        "pager": Pager.values(call, range, page.total) as Any,
      ])
  }

  private func search(_ call: Call) async throws -> Response {
    let query = try Queries.search(call.query)
    let page = try await source.search(query)
    let found = page.entries.map { entry in
      EpisodeValues.expression(entry.expression).merging([
        "episode": entry.episode, "name": entry.episodeName, "clip": entry.clip,
        "library": entry.library,
      ]) { $1 }
    }
    return pages.page(
      "search", title: "Expressions", call: call,
      [
        "found": found, "total": page.total, "isEmpty": found.isEmpty, "q": query.text,
        "levels": ([""] + SearchQuery.levels).map { level in
          [
            "value": level, "name": level.isEmpty ? "any level" : level,
            "isChosen": level == query.level ?? "",
          ] as [String: Any]
        },
        "pager": Pager.values(call, query.range, page.total) as Any,
      ])
  }
}
