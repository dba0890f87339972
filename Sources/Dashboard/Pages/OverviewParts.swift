/// The parts of the overview that change while one looks, by the names that the page's script knows them by.
struct OverviewParts: Sendable {
  static let names = ["counts", "pause", "queue", "finished", "providers", "libraries"]
  private static let shownQueue = 20

  func render(_ overview: Overview, _ language: Language) -> [String: String] {
    let values = Self.values(overview, language)
    return Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, Templates.render($0, values, language)) })
  }

  static func values(_ overview: Overview, _ language: Language) -> [String: Any] {
    let counts = overview.counts
    func sum(_ states: [String]) -> Int { states.compactMap { counts[$0] }.reduce(0, +) }
    let failed = sum(["failed"])
    let episodes = EpisodeValues(language)
    let values: [String: Any] = [
      "inWork": overview.queued, "done": sum(["done"]),
      "waiting": sum(["needs_subtitles", "needs_provider"]), "failed": failed,
      "hasFailed": failed > 0, "backlogEpisodes": overview.backlog.episodes,
      "hasBacklog": overview.backlog.episodes > 0,
      "queue": overview.queue.prefix(shownQueue).map(episodes.entry),
      "more": max(0, overview.queued - shownQueue), "hasMore": overview.queued > shownQueue,
      "isIdle": overview.queue.isEmpty, "finished": overview.finished.map(episodes.entry),
      "hasFinished": !overview.finished.isEmpty,
      "providers": overview.providers.map { provider($0, language) },
      "libraries": overview.libraries.map { library($0, language) },
    ]
    return values.merging(pause(overview.pause)) { $1 }
  }

  private static func pause(_ pause: PauseEntry) -> [String: Any] {
    var values: [String: Any] = ["isPaused": pause.allSince != nil || pause.backlogSince != nil]
    if let since = pause.allSince { values["allSince"] = Shown.time(since) }
    if let since = pause.backlogSince { values["backlogSince"] = Shown.time(since) }
    if let reason = pause.reason { values["standstill"] = reason }
    return values
  }

  private static func provider(_ entry: ProviderEntry, _ language: Language) -> [String: Any] {
    var values: [String: Any] = [
      "name": entry.name, "identity": entry.identity, "inFlight": entry.inFlight,
      "waiting": entry.waiting, "limit": entry.limit,
      "requests": Words.count(.requests, entry.requestsToday, language),
      "usd": Shown.money(entry.usdToday), "isCounted": entry.isCounted,
      "tokensIn": entry.inputTokensToday, "tokensOut": entry.outputTokensToday,
      "monthRequests": Words.count(.requests, entry.requestsThisMonth, language),
      "monthUSD": Shown.money(entry.usdThisMonth),
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

  private static func library(_ entry: LibraryEntry, _ language: Language) -> [String: Any] {
    var values: [String: Any] = [
      "name": entry.name, "root": entry.root, "isWatched": entry.isWatched,
      "folders": Words.count(.folders, entry.folders, language),
      "episodes": Words.count(.episodesOf, entry.episodes, language),
      "clips": Words.count(.clips, entry.clips, language),
      "troubles": entry.troubles, "hasTroubles": !entry.troubles.isEmpty,
    ]
    if let seconds = entry.lastScanSeconds { values["scan"] = Shown.seconds(seconds) }
    return values
  }
}
