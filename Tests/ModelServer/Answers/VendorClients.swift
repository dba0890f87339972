import Foundation
import Subprocess
import SystemPackage

/// The vendors' own Python clients, in an environment that `make` creates.
package struct VendorClients: Sendable {
  package struct Outcome: Sendable {
    package var succeeded: Bool
    /// What the script printed, one line for each check.
    package var output: String
    /// What else it had to say, such as why it could not run.
    package var complaints: String
  }

  private let python: FilePath

  /// Nil where they are not installed.
  /// - Parameter packageRoot: the folder of Package.swift.
  package init?(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    packageRoot: FilePath = Self.packageRoot
  ) {
    let path =
      environment["LANGFLIX_CLIENTS_PYTHON"].map { FilePath($0) }
      ?? packageRoot.appending(".venv-llm-clients/bin/python")
    guard FileManager.default.isExecutableFile(atPath: path.string) else { return nil }
    python = path
  }

  /// Computed from where this file stands.
  package static var packageRoot: FilePath {
    var path = FilePath(#filePath)
    for _ in 0..<4 { path.removeLastComponent() }
    return path
  }

  package static let hint =
    "the vendors' Python clients are not installed: run `make llm-clients`, or name their "
    + "interpreter in LANGFLIX_CLIENTS_PYTHON"

  /// Has every client talk to a server whose replies follow the model names of `ClientScenario`.
  package func prove(server: ModelServer) async throws -> Outcome {
    try await run(["prove-server", server.origin])
  }

  /// Has the clients' request types judge what was sent to the server.
  package func parse(_ requests: [RecordedRequest]) async throws -> Outcome {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "requests-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(RecordedRequest.export(requests)).write(to: file)
    return try await run(["parse-requests", file.path])
  }

  private func run(_ arguments: [String]) async throws -> Outcome {
    let script = Self.packageRoot.appending("Tests/ModelServerTests/vendor_clients.py")
    let result = try await Subprocess.run(
      .path(python), arguments: Arguments([script.string] + arguments),
      output: .string(limit: 4 << 20), error: .string(limit: 4 << 20))
    return Outcome(
      succeeded: result.terminationStatus.isSuccess,
      output: result.standardOutput, complaints: result.standardError)
  }
}
