/// The parts of the overview that change while one looks, by the names that the page's script knows them by.
struct OverviewParts: Sendable {
  static let names = ["counts", "queue", "finished", "providers", "libraries"]

  func render(_ overview: Overview) -> [String: String] {
    let values = Self.values(overview)
    return Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, Templates.render($0, values)) })
  }

  static func values(_ overview: Overview) -> [String: Any] {
    let counts = overview.counts
    func sum(_ states: [String]) -> Int { states.compactMap { counts[$0] }.reduce(0, +) }
    let waiting = sum(["needs_subtitles", "needs_provider"])
    let failed = sum(["failed"])
    return [
      "inWork": overview.queued, "done": sum(["done"]), "waiting": waiting, "failed": failed,
      "hasFailed": failed > 0, "backlogEpisodes": overview.backlog.episodes,
      "hasBacklog": overview.backlog.episodes > 0,
      "queue": overview.queue.prefix(20).map(EpisodeValues.entry),
      "more": max(0, overview.queued - 20), "hasMore": overview.queued > 20,
      "isIdle": overview.queue.isEmpty,
      "finished": overview.finished.map(EpisodeValues.entry),
      "hasFinished": !overview.finished.isEmpty,
      "providers": overview.providers.map(provider),
      "libraries": overview.libraries.map(library),
    ]
  }

  static func provider(_ entry: ProviderEntry) -> [String: Any] {
    var values: [String: Any] = [
      "name": entry.name, "identity": entry.identity, "inFlight": entry.inFlight,
      "waiting": entry.waiting, "limit": entry.limit, "requests": entry.requestsToday,
      "usd": Shown.money(entry.usdToday), "isCounted": entry.name != "lexicon",
      "tokensIn": entry.inputTokensToday, "tokensOut": entry.outputTokensToday,
      "monthRequests": entry.requestsThisMonth, "monthUSD": Shown.money(entry.usdThisMonth),
    ]
    if let closed = entry.closed { values["closed"] = closed }
    if let limit = entry.requestsPerDay {
      values["requestLimit"] = limit
      values["requestPercent"] = Shown.percent(Double(entry.requestsToday) / Double(max(1, limit)))
      values["requestsLeft"] = max(0, limit - entry.requestsToday)
    }
    if let limit = entry.usdPerDay {
      values["usdLimit"] = Shown.money(limit)
      values["usdPercent"] = Shown.percent(entry.usdToday / max(limit, 0.000_001))
      values["usdLeft"] = Shown.money(max(0, limit - entry.usdToday))
    }
    return values
  }

  static func library(_ entry: LibraryEntry) -> [String: Any] {
    var values: [String: Any] = [
      "name": entry.name, "root": entry.root, "isWatched": entry.isWatched,
      "folders": entry.folders, "episodes": entry.episodes, "clips": entry.clips,
      "troubles": entry.troubles, "hasTroubles": !entry.troubles.isEmpty,
    ]
    if let seconds = entry.lastScanSeconds { values["scan"] = Shown.seconds(seconds) }
    return values
  }
}
