import Foundation
import Glibc
import Library
import Settings
import SystemPackage
import Testing

/// Writers that are not done when it looks as if they were.
@Suite(.timeLimit(.minutes(5))) struct SettlingTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private static let size = 4 << 20
  private static let piece = [UInt8](repeating: 0x61, count: 65_536)

  /// The first and the last piece of a download, its size as it will be.
  private func begin(_ name: FilePath, reserved: Bool) throws -> FileDescriptor {
    let file = try FileDescriptor.open(
      folder[name], .readWrite, options: [.create, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead])
    if reserved {
      #expect(posix_fallocate(file.rawValue, 0, off_t(Self.size)) == 0)
    } else {
      #expect(ftruncate(file.rawValue, off_t(Self.size)) == 0)
    }
    for offset in [0, Self.size - Self.piece.count] {
      _ = try file.writeAll(toAbsoluteOffset: Int64(offset), Self.piece)
    }
    return file
  }

  @Test(arguments: [false, true]) func downloadWithHoles(isReserved: Bool) async throws {
    try await Watching.run(folder, settle: .milliseconds(20)) { watching in
      let file = try begin("torrent.mkv", reserved: isReserved)
      try file.close()
      for _ in 1...3 { try await watching.settleEverything() }
      #expect(!watching.memory.episodes.contains(folder["torrent.mkv"]))
      let pieces = try FileDescriptor.open(folder["torrent.mkv"], .readWrite)
      try pieces.closeAfter {
        for offset in stride(from: 0, to: Self.size, by: Self.piece.count) {
          _ = try pieces.writeAll(toAbsoluteOffset: Int64(offset), Self.piece)
        }
      }
      let whole = EpisodeFiles.observe(folder["torrent.mkv"])
      #expect(try await watching.memory.episode(folder["torrent.mkv"]) == whole)
      #expect(watching.memory.episodes.count { $0 == folder["torrent.mkv"] } == 1)
    }
  }

  @Test func writerThatNeverClosesIsSeenToGoOn() async throws {
    try await Watching.run(folder, settle: .milliseconds(300)) { watching in
      let path = folder["open.mkv"]
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
      defer { try? file.close() }
      _ = try file.writeAll(Self.piece)
      #expect(try await watching.memory.episode(path)?.sizeBytes == 65_536)
      // No event tells of it, and no scan is due; a minute of looks lies ahead.
      _ = try file.writeAll(Self.piece)
      try await watching.memory.wait { $0.contains { $0.episode?.sizeBytes == 131_072 } }
      #expect(watching.memory.scans == 1)
    }
  }

  @Test(.enabled(if: access("/usr/bin/rsync", X_OK) == 0, "needs rsync"))
  func rsyncIsOfferedOnceUnderItsName() async throws {
    let source = try TestFolder()
    for number in 1...20 {
      try source.write(
        FilePath("Show/S1/\(number).mkv"), bytes: 200_000, modified: 1_000_000_000 + number)
    }
    try await Watching.run(folder) { watching in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/rsync")
      process.arguments = ["-a", "\(source.path)/", folder.path.string]
      let (ends, ended) = AsyncStream.makeStream(of: Int32.self)
      process.terminationHandler = { ended.yield($0.terminationStatus) }
      try process.run()
      for await status in ends {
        #expect(status == 0)
        break
      }
      let expected = Set((1...20).map { folder[FilePath("Show/S1/\($0).mkv")] })
      try await watching.memory.wait { expected.isSubset(of: $0.compactMap(\.episode?.path)) }
      try await watching.settleEverything()
      #expect(watching.memory.episodes.count == 21)
      // With the times of the source, which are older than the watcher.
      let times = watching.memory.events.compactMap(\.episode?.modified)
      #expect(times.count { $0 < 1_000_000_021_000_000_000 } == 20)
    }
  }

  @Test func rsyncOfALargeFileHasAnotherNameMeanwhile() async throws {
    try await Watching.run(folder, settle: .milliseconds(20)) { watching in
      let part = try folder.write(".Show.mkv.a1B2c3")
      try await watching.settleEverything()
      try TestFolder.append(100, to: part)
      try folder.move(part, to: folder["Show.mkv"])
      #expect(try await watching.memory.episode(folder["Show.mkv"])?.sizeBytes == 108)
      #expect(!watching.memory.episodes.contains(part))
    }
  }

  @Test func filesOlderThanTheWatcherThatCameWhileItWasDown() async throws {
    let memory = MemoryRecorder()
    try await Watching.run(folder, memory: memory) { _ in }
    let old = try folder.write("Show/old.mkv", modified: 946_684_800)
    let grows = try folder.write("Show/grows.mkv", modified: 946_684_800)
    try await Watching.run(folder, memory: memory, settle: .milliseconds(20)) { _ in
      try await memory.episode(old)
      try await memory.episode(grows)
      try TestFolder.append(100, to: grows)
      try await memory.wait { $0.contains { $0.episode?.sizeBytes == 108 } }
    }
  }
}
