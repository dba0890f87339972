import Expressions
import Foundation
import GRDB
import Glibc
import Store
import SystemPackage
import Testing

/// A file system of two megabytes of a test's own.
final class SmallDisk: Sendable {
  let path: FilePath
  let folder: TemporaryFolder

  /// Why none can be mounted here; nil where it can.
  static let objection: String? = {
    do {
      _ = try SmallDisk()
      return nil
    } catch {
      return "no tmpfs can be mounted: \(error)"
    }
  }()

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path.appending("disk")
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true)
    guard mount("tmpfs", path.string, "tmpfs", 0, "size=2m") == 0 else {
      throw Errno(rawValue: errno)
    }
  }

  /// Leaves no byte free, but what is written.
  func fill() throws -> FilePath {
    let ballast = path.appending("ballast")
    let descriptor = try FileDescriptor.open(
      ballast, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    defer { try? descriptor.close() }
    let block = [UInt8](repeating: 1, count: 4_096)
    do { while true { try descriptor.writeAll(block) } } catch Errno.noSpace {}
    return ballast
  }

  deinit { umount2(path.string, Int32(MNT_DETACH)) }
}

@Suite(.enabled(if: SmallDisk.objection == nil, "\(SmallDisk.objection ?? "")"))
struct FullDiskTests {
  @Test func aFullDiskIsToldApartAndNothingIsLost() async throws {
    let disk = try SmallDisk()
    let store = try EpisodeStore(folder: disk.path)
    let id = try await store.transcribing("/m/a.mkv")
    let ballast = try disk.fill()
    var written = 0
    var fault: StoreFault?
    while fault == nil, written < 2_000 {
      do {
        try await store.keepKeyframes(String(repeating: "x", count: 10_000), of: "\(written)")
        written += 1
      } catch {
        fault = StoreFault(error)
        #expect(fault == .diskRefuses, "\(error)")
      }
    }
    #expect(fault == .diskRefuses)
    // Reading goes on.
    #expect(try await store.episode(id).state == .transcribing)
    // Nobody is told that a write succeeded which did not.
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<20 {
        group.addTask {
          do {
            try await store.keepKeyframes(
              String(repeating: "y", count: 100_000), of: "big \(number)")
            return true
          } catch {
            return false
          }
        }
      }
      var succeeded = 0
      for await result in group where result { succeeded += 1 }
      #expect(succeeded < 20)
      let kept = try? inspectDisk(disk) {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM keyframes WHERE fingerprint LIKE 'big%'")
      }
      #expect(kept == succeeded)
    }
    // A backup that finds no room leaves nothing behind.
    #expect(throws: StoreError.self) { try store.backUp(.nightly) }
    #expect(EpisodeStore.backups(in: disk.path).isEmpty)

    unlink(ballast.string)
    try await store.record(.subtitlesMissing, of: id, now: 9)
    #expect(try await store.episode(id).state == .needsSubtitles)
    for number in 0..<written {
      #expect(try await store.keyframes(of: "\(number)")?.count == 10_000)
    }
    #expect(try store.check().problems == [])
    try store.close()
  }

  private func inspectDisk<Value>(
    _ disk: SmallDisk, _ body: (Database) throws -> Value
  ) throws -> Value {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(
      path: disk.path.appending("langflix.sqlite3").string, configuration: configuration
    ).read(body)
  }
}
