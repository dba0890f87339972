import Dashboard
import Logging
import ServiceLifecycle

/// A dashboard that may fail to listen.
enum FailingServer {
  static func run(
    _ presence: DashboardPresence, _ options: DashboardOptions, _ body: () async throws -> Void
  ) async throws {
    let logger = Logger(label: "dashboard-tests") { _ in SwiftLogNoOpLogHandler() }
    let server = DashboardServer(
      source: SampleSource(), options: options, presence: presence, logger: logger)
    let group = ServiceGroup(services: [server], logger: logger)
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      try await body()
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }
}
