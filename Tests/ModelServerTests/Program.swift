import Subprocess

/// A program of this machine, run to its end.
struct Program {
  var succeeded: Bool
  var output: [UInt8]
  var error: String

  static func run(_ name: String, _ arguments: [String]) async throws -> Program {
    let result = try await Subprocess.run(
      .name(name), arguments: Arguments(arguments), output: .bytes(limit: 64 << 20),
      error: .string(limit: 1 << 20))
    return Program(
      succeeded: result.terminationStatus.isSuccess, output: result.standardOutput,
      error: result.standardError)
  }

  /// `curl` without the user's configuration and proxies.
  static func curl(_ arguments: String...) async throws -> Program {
    try await run("curl", ["--disable", "--noproxy", "*", "--silent", "--show-error"] + arguments)
  }

  var text: String { String(decoding: output, as: UTF8.self) }
}
