import Control

/// Answers what the command line asks, in the daemon or in a command that does the work itself.
package struct RequestHandler: ControlHandler {
  let requests: Requests
  let reporter: StatusReporter
  /// Nil where no daemon is.
  let health: HealthReporter?
  private let reloader: Reloader?

  init(
    requests: Requests, reporter: StatusReporter, health: HealthReporter? = nil,
    reloader: Reloader? = nil
  ) {
    self.requests = requests
    self.reporter = reporter
    self.health = health
    self.reloader = reloader
  }

  /// For a command without a daemon.
  package init(workshop: Workshop) {
    self.init(
      requests: Requests(workshop: workshop, doorbell: Doorbell()),
      reporter: StatusReporter(workshop: workshop))
  }

  package func reply(
    to request: ControlRequest, progress: @Sendable (ProgressReport) async throws -> Void
  ) async -> ControlReply {
    do {
      switch request {
      case .status: return .status(try await reporter.report())
      case .health: return health.map { .health($0.report()) } ?? .failure("no daemon runs")
      case .process(let files):
        let paths = try WirePath.paths(files)
        return .processed(try await requests.process(paths, progress: progress))
      case .retry(let selection): return .retried(try await requests.retry(selection))
      case .restore(let request): return .restored(try await requests.restore(request))
      case .reask(let episodes, let isConfirmed):
        return .reaskPlan(try await requests.reask(episodes, isConfirmed: isConfirmed))
      case .again(let request): return .retried(try await requests.again(request))
      case .estimate(let request): return .estimated(try await requests.estimate(request))
      case .forget(let episodes): return .forgotten(try await requests.forget(episodes))
      case .pause(let backlogOnly):
        return .paused(try await requests.pause(backlogOnly: backlogOnly))
      case .resume: return .paused(try await requests.resume())
      case .database(let request): return .database(try await requests.database(request))
      case .answers(let request): return .answers(try await requests.answers(request))
      case .explain(let choice): return .explained(try await requests.explain(choice))
      case .checkProviders: return .checked(await requests.checkProviders())
      case .testReceivers:
        let settings = requests.workshop.settings
        return .testedReceivers(await ReceiverCheck(settings: settings).run())
      case .reload:
        guard let reloader else {
          return .failure("no daemon is running: there is nothing to reload")
        }
        // Unstructured, for a configuration comes into force as a whole, though its asker goes in the middle.
        return await Task { await reloader.reload() }.value
      }
    } catch {
      return .failure("\(error)")
    }
  }
}
