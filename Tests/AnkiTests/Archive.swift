import Foundation
import GRDB
import SystemPackage
import Testing

/// An `.apkg` as Python's zipfile unpacks it, which also checks every checksum.
struct Archive {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "apkg-\(UUID().uuidString)")

  init(_ path: FilePath) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-m", "zipfile", "-e", path.string, folder.path]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "no ZIP archive: \(path)")
  }

  func content(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

  func database() throws -> DatabaseQueue {
    try DatabaseQueue(path: folder.appending(path: "collection.anki2").path)
  }
}

/// Is gone with the value.
final class TemporaryFolder {
  let path: FilePath
  var deck: FilePath { path.appending("Anki.apkg") }

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "anki-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  func file(_ name: String, _ content: String) throws -> FilePath {
    let file = path.appending(name)
    try Data(content.utf8).write(to: URL(fileURLWithPath: file.string))
    return file
  }
}
