import ArgumentParser
import Control
import DurableSteps
import Foundation
import Logging
import Pipeline
import ServiceHost
import ServiceLifecycle
import Settings
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Watch the libraries and work until stopped (the daemon).")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let loaded = try await common.load(requiresKeys: true)
    let runtime = Runtime(loaded)
    let socket: ControlSocket
    let inForce: NewConfiguration
    do {
      inForce = try NewConfiguration(serving: loaded)
      socket = try runtime.serverSocket()
    } catch {
      Output.error("\(error)")
      throw ExitStatus.configuration
    }
    let workshop: Workshop
    do {
      workshop = try await runtime.workshop(waitingAtMost: .seconds(20))
    } catch {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
    if runtime.settings.libraries.contains(where: { $0.languages.target == nil }) {
      runtime.logger.notice(
        "the language that you read is not set: clips have one language; set languages.target")
    }
    let daemon = Daemon(
      workshop: workshop, socket: socket,
      configuration: ConfigurationSource(
        initial: inForce, load: { try await reread(runtime.logger) },
        onChange: { runtime.follow($0) }),
      logger: runtime.logger)
    var configuration = ServiceGroupConfiguration(
      services: [ImpatienceService(), TidyService()] + daemon.services(),
      gracefulShutdownSignals: [.sigterm, .sigint], logger: runtime.logger)
    // A call into a share that hangs must not keep the program from ending.
    configuration.maximumGracefulShutdownDuration = runtime.settings.shutdownLimit + .seconds(10)
    configuration.maximumCancellationDuration = .seconds(10)
    let group = ServiceGroup(configuration: configuration)
    do {
      try await group.run()
    } catch {
      runtime.logger.critical("the daemon ends", metadata: ["reason": "\(error)"])
      await workshop.close()
      throw ExitStatus.failed
    }
    await workshop.close()
    if let steps = DurableStep.counted {
      runtime.logger.notice("durable steps", metadata: ["steps": "\(steps)"])
    }
    runtime.logger.notice("stopped")
  }

  /// Reads the configuration as at the start, while the daemon works.
  private func reread(_ logger: Logger) async throws -> NewConfiguration {
    // The files are read by blocking calls.
    let loaded = try await withTaskExecutorPreference(QueueExecutor(label: "langflix.reload")) {
      try await common.read(requiresKeys: true)
    }
    for warning in loaded.warnings {
      logger.warning("part of the configuration is ignored", metadata: ["reason": "\(warning)"])
    }
    return try NewConfiguration(serving: loaded)
  }
}

/// A second signal ends the program at once; the store and the published clips are safe at any moment.
private struct ImpatienceService: Service {
  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    await cancelWhenGracefulShutdown {
      var count = 0
      for await _ in signals {
        count += 1
        if count == 2 { _exit(130) }
      }
    }
  }
}

/// Steady work leaves holes in the heaps; each minute they are given back.
private struct TidyService: Service {
  func run() async throws {
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: .seconds(60))) != nil { ProcessMemory.giveBack() }
    }
  }
}
