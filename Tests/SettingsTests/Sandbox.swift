import Foundation
import SystemPackage
import Testing
import langflix

/// A folder of a test's own, which is the home and holds the configuration.
final class Sandbox {
  let folder: FilePath
  var file: FilePath { folder.appending("config/langflix/langflix.yaml") }

  init() throws {
    let name = "langflix-settings-\(UUID().uuidString)"
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.resolvingSymlinksInPath().path)
    // It always exists, so that no test reads what this machine has in /etc.
    try write("", to: file)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  var environment: [String: String] {
    ["HOME": folder.string, "XDG_CONFIG_HOME": folder.appending("config").string]
  }

  func write(_ text: String, to path: FilePath) throws {
    try write(Array(text.utf8), to: path)
  }

  func write(_ bytes: [UInt8], to path: FilePath) throws {
    try makeFolder(path.removingLastComponent())
    try Data(bytes).write(to: URL(fileURLWithPath: path.string))
  }

  func makeFolder(_ path: FilePath) throws {
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true)
  }

  /// Loads with `yaml` as the usual file.
  func load(
    _ yaml: String = "", overrides: [String: String] = [:], environment: [String: String] = [:]
  ) async throws -> LoadedConfiguration {
    try write(yaml, to: file)
    return try await ConfigurationLoader.load(
      file: nil, overrides: overrides,
      environment: self.environment.merging(environment) { $1 })
  }

  /// The problems of a configuration that must not load, with the file's path as FILE.
  func problems(
    _ yaml: String = "", overrides: [String: String] = [:], environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [String] {
    let error = await #expect(throws: ConfigurationError.self, sourceLocation: sourceLocation) {
      _ = try await self.load(yaml, overrides: overrides, environment: environment)
    }
    return (error?.problems ?? []).map { $0.replacing(file.string, with: "FILE") }
  }
}

extension LoadedConfiguration {
  func origin(_ key: String) -> String? { origins.first { $0.key == key }?.origin }
  func value(_ key: String) -> String? { origins.first { $0.key == key }?.value }
}

/// The package's own folder.
let packageRoot = FilePath(#filePath).removingLastComponent().removingLastComponent()
  .removingLastComponent()
