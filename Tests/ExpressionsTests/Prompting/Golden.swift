import Foundation
import Testing

/// Compares a text, byte for byte, with a file in the folder `Golden` beside this one.
///
/// `LANGFLIX_WRITE_GOLDENS=1 swift test --filter ExpressionsTests` writes the files anew (and fails
/// so that such a run never passes for a test); read what changed before it is kept.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  let file = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["LANGFLIX_WRITE_GOLDENS"] != nil {
    try Data(text.utf8).write(to: file)
    Issue.record("wrote \(name) anew", sourceLocation: sourceLocation)
    return
  }
  let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
  guard Array(text.utf8) != Array(golden.utf8) else { return }
  let lines = zip(text.components(separatedBy: "\n"), golden.components(separatedBy: "\n"))
  let first = lines.enumerated().first { $1.0 != $1.1 }
  Issue.record(
    """
    \(name) differs from line \(first.map { $0.offset + 1 } ?? 0) on:
    now:    \(first?.element.0 ?? "(one is longer)")
    golden: \(first?.element.1 ?? "(one is longer)")
    """, sourceLocation: sourceLocation)
}
