import Hummingbird
import HummingbirdCore

/// Metrics for Prometheus.
struct MetricsHandlers: Sendable {
  let source: any DashboardSource
  let feed: LiveFeed

  var routes: [Route] {
    [
      Route(.get, "/metrics") { _ in
        let own = Metric(
          "langflix_dashboard_streams", .gauge, "Open event streams.", Double(feed.count))
        return PlainResponse.of(
          PrometheusText.text(try await source.metrics() + [own]), type: PrometheusText.contentType)
      }
    ]
  }
}
