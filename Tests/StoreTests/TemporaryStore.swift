import Expressions
import Foundation
import Store
import Subtitles
import SystemPackage

/// A folder that is removed when the value goes.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("langflix-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }
}

func stamp(_ path: FilePath, size: Int64 = 10, modified: Int64 = 1) -> FileStamp {
  FileStamp(path: path, sizeBytes: size, modified: modified)
}

func batch(_ number: Int, key: String) -> PendingBatch {
  let cue = Cue(number: number, start: .zero, end: .seconds(1), text: "Line \(number).")
  return PendingBatch(batch: Batch(number: number, leadIn: [], cues: [cue]), contentKey: key)
}

let transcript = StoredTranscript(
  transcript: Transcript(
    language: "en",
    cues: [Cue(number: 1, start: .zero, end: .seconds(1), text: "Shall we call it a day?")]),
  origin: "a test")

let identity = ExtractorIdentity(name: "test", version: "1")
