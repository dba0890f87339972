import ArgumentParser

/// What the program's exit codes mean; `--help` and docs/commands.md list them.
enum ExitStatus {
  static let failed = ExitCode(1)
  static let unavailable = ExitCode(69)
  static let waiting = ExitCode(75)
  static let configuration = ExitCode(78)
  static let interrupted = ExitCode(130)
}
