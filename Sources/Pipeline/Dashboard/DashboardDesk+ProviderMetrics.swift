import Dashboard
import Expressions
import Store

extension DashboardDesk {
  func providerMetrics() async throws -> [Metric] {
    let pool = workshop.steps.pool
    let entries = try await providers()
    let spent = try await store.spendingTotal(since: "")
    let readings = entries.map { ($0.name, pool.meter.reading(of: $0.name)) }
    func gauge(_ name: String, _ help: String, _ value: (ProviderEntry) -> Double?) -> Metric {
      Metric(
        name, .gauge, help,
        entries.compactMap { entry in
          value(entry).map { .init(.number($0), [.init("provider", entry.name)]) }
        })
    }
    func counter(_ name: String, _ help: String, _ value: (SpendingTotal) -> Double) -> Metric {
      Metric(
        name, .counter, help,
        spent.map { .init(.number(value($0)), [.init("provider", $0.provider)]) })
    }
    return [
      counter("langflix_provider_requests_total", "Requests that were sent.") {
        Double($0.requests)
      },
      counter("langflix_provider_cost_usd_total", "US dollars that they cost.") { $0.usd },
      Metric(
        "langflix_provider_tokens_total", .counter, "Tokens by direction.",
        spent.flatMap { total in
          [("input", total.usage.input), ("output", total.usage.output)].map { direction, count in
            .init(
              .number(Double(count)),
              [.init("provider", total.provider), .init("direction", direction)])
          }
        }),
      Metric(
        "langflix_provider_answer_duration_seconds", .histogram,
        "How long answers took, since the start.",
        readings.map { .init(.histogram($0.1.latency), [.init("provider", $0.0)]) }),
      Metric(
        "langflix_provider_failures_total", .counter,
        "Requests that failed, since the start, by kind; refused is key, account or model.",
        readings.flatMap { name, reading in
          reading.failures.sorted { $0.key < $1.key }.map { kind, count in
            .init(.number(Double(count)), [.init("provider", name), .init("kind", kind)])
          }
        }),
      gauge("langflix_provider_open", "1 while it is asked.") { $0.closed == nil ? 1 : 0 },
      gauge("langflix_provider_in_flight", "Requests in flight.") { Double($0.inFlight) },
      gauge("langflix_provider_waiting", "Batches that wait for it.") { Double($0.waiting) },
      gauge("langflix_provider_limit", "Requests that may be in flight now.") { Double($0.limit) },
      gauge("langflix_provider_requests_today", "Requests of its day.") {
        Double($0.requestsToday)
      },
      gauge("langflix_provider_requests_per_day", "Most requests of a day, where there is a limit.")
      { $0.requestsPerDay.map(Double.init) },
      gauge("langflix_provider_usd_today", "US dollars of its day.") { $0.usdToday },
      gauge("langflix_provider_usd_per_day", "Most US dollars of a day, where there is a limit.") {
        $0.usdPerDay
      },
    ]
  }
}
