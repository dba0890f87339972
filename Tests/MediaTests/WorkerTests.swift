import Foundation
import Logging
import Media
import Subtitles
import SystemPackage
import Testing

@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct WorkerTests {
  private static func failure(
    _ body: () async throws(MediaFailure) -> some Sendable
  ) async -> MediaFailure? {
    do throws(MediaFailure) {
      _ = try await body()
      return nil
    } catch {
      return error
    }
  }

  /// A stand-in for the worker, for what the real one does only with files that we don't have.
  private static func client(script: String, in folder: TemporaryFolder) throws
    -> MediaWorkerClient
  {
    let path = folder.file("stand-in")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path.string))
    chmod(path.string, 0o700)
    return MediaWorkerClient(
      program: path, limits: WorkerLimits(wallClock: .seconds(300), memory: 2 << 30),
      logger: Logger(label: "test"))
  }

  @Test func theTimeLimitKills() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 5, options: TestMedia.h264, at: source)
    let client = try TestMedia.client(wallClock: .milliseconds(1))
    let failure = await Self.failure { () throws(MediaFailure) in try await client.probe(source) }
    #expect(failure?.kind == .timedOut)
    #expect(failure?.message.contains("time limit") == true)
  }

  @Test func aCrashIsReportedWithItsSignalAndFile() async throws {
    let folder = try TemporaryFolder()
    let client = try Self.client(
      script: "read line; echo bad things >&2; kill -SEGV $$", in: folder)
    let failure = await Self.failure { () throws(MediaFailure) in
      try await client.probe("/videos/episode.mkv")
    }
    #expect(failure?.kind == .crashed)
    #expect(failure?.message.contains("signal 11") == true)
    #expect(failure?.message.contains("episode.mkv") == true)
    #expect(failure?.message.contains("bad things") == true)
  }

  @Test func anEndWithoutAnswerIsReported() async throws {
    let folder = try TemporaryFolder()
    let client = try Self.client(script: "read line; exit 7", in: folder)
    let failure = await Self.failure { () throws(MediaFailure) in try await client.probe("/x.mkv") }
    #expect(failure?.kind == .internalError)
    #expect(failure?.message.contains("code 7") == true)
  }

  @Test func aMissingProgramIsReported() async throws {
    let client = MediaWorkerClient(
      program: "/no/such/langflix", limits: WorkerLimits(wallClock: .seconds(120), memory: 1 << 30),
      logger: Logger(label: "test"))
    let failure = await Self.failure { () throws(MediaFailure) in try await client.probe("/x.mkv") }
    #expect(failure?.kind == .internalError)
    #expect(failure?.message.contains("/no/such/langflix") == true)
  }

  @Test func cancellingKillsTheWorker() async throws {
    let folder = try TemporaryFolder()
    let started = folder.file("started")
    #expect(started.withPlatformString { mkfifo($0, 0o600) } == 0)
    let client = try Self.client(
      script: "echo $$ > '\(started)'; exec sleep 1000", in: folder)
    let task = Task {
      await Self.failure { () throws(MediaFailure) in try await client.probe("/x") }
    }
    // Opening the FIFO waits until the stand-in runs.
    let text = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let data = FileHandle(forReadingAtPath: started.string)?.readDataToEndOfFile()
        continuation.resume(returning: String(decoding: data ?? Data(), as: UTF8.self))
      }
    }
    let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    task.cancel()
    #expect(await task.value?.kind == .cancelled)
    #expect(kill(process, 0) == -1 && errno == ESRCH)
  }

  @Test func theWorkerGetsNoSecretsAndNoDescriptors() async throws {
    let folder = try TemporaryFolder()
    let report = folder.file("report")
    setenv("LANGFLIX_TEST_KEY", "secret", 1)
    setenv("NOTIFY_SOCKET", "/run/x", 1)
    defer {
      unsetenv("LANGFLIX_TEST_KEY")
      unsetenv("NOTIFY_SOCKET")
    }
    let open = try FileDescriptor.open("/dev/null", .readOnly)
    defer { try? open.close() }
    let client = try Self.client(
      script: "env > '\(report)'; ls /proc/self/fd >> '\(report)'; exit 1", in: folder)
    _ = await Self.failure { () throws(MediaFailure) in try await client.probe("/x") }
    let lines = try String(contentsOf: URL(fileURLWithPath: report.string), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let names = Set(lines.compactMap { $0.contains("=") ? $0.split(separator: "=").first : nil })
    // The shell adds PWD, OLDPWD, SHLVL and _ by itself.
    let allowed: Set<Substring> = [
      "PATH", "LANG", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_",
    ]
    #expect(names.filter { !$0.hasPrefix("LC_") }.isSubset(of: allowed))
    // 3 is the listed folder itself.
    let descriptors = Set(lines.filter { Int($0) != nil })
    #expect(descriptors.isSubset(of: ["0", "1", "2", "3"]))
  }

  @Test func theWorkerEndsWithItsInput() throws {
    let worker = Process()
    worker.executableURL = URL(fileURLWithPath: try #require(TestMedia.program).string)
    worker.arguments = ["worker"]
    let input = Pipe()
    worker.standardInput = input
    worker.standardOutput = FileHandle.nullDevice
    worker.standardError = FileHandle.nullDevice
    try worker.run()
    try input.fileHandleForWriting.close()
    worker.waitUntilExit()
    #expect(worker.terminationReason == .exit && worker.terminationStatus != 0)
  }

  @Test func aWorkerWhoseParentIsAnotherEnds() throws {
    let worker = Process()
    worker.executableURL = URL(fileURLWithPath: try #require(TestMedia.program).string)
    worker.arguments = ["worker", "1"]
    worker.standardInput = Pipe()
    worker.standardOutput = FileHandle.nullDevice
    try worker.run()
    worker.waitUntilExit()
    #expect(worker.terminationStatus == 75)
  }

  @Test func memoryIsLimited() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 5, options: TestMedia.h264, at: source)
    let client = try TestMedia.client(memory: 1 << 20)
    let failure = await Self.failure { () throws(MediaFailure) in try await client.probe(source) }
    #expect(failure != nil)
    #expect(failure?.kind != .notMedia)
  }

  @Test func anUnwritableFolderIsSaidToBe() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 8, options: TestMedia.h264, at: source)
    // A missing folder for all; root may write into any that is there.
    var outputs = [folder.file("missing")]
    if getuid() != 0 {
      let closed = try folder.folder("closed")
      chmod(closed.string, 0o500)
      outputs.append(closed)
    }
    for output in outputs {
      let order = CutTests.order(source, [CutTests.clip("a", in: output, from: 3, to: 6)])
      let client = try TestMedia.client()
      let failure = await Self.failure { () throws(MediaFailure) in
        try await client.cut(order) { _ in }
      }
      #expect(failure?.kind == .outputUnwritable, "\(failure?.message ?? "no failure")")
    }
  }

  /// A small file system of its own; nil where mounting is not allowed.
  private static func mount(_ folder: FilePath, options: String) -> Bool {
    (try? TestMedia.output(
      of: "mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder.string])) != nil
  }

  @Test func aFullOrReadOnlyDiskIsSaidToBe() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 20, options: TestMedia.h264, at: source)
    let cases: [(String, MediaFailure.Kind)] = [
      ("size=64k", .diskFull), ("size=1m,ro", .outputUnwritable),
    ]
    for (options, kind) in cases {
      let output = try folder.folder("disk-\(kind)")
      guard Self.mount(output, options: options) else {
        print("skipped: mounting a tmpfs is not allowed here")
        return
      }
      defer { _ = try? TestMedia.output(of: "umount", [output.string]) }
      let order = CutTests.order(source, [CutTests.clip("a", in: output, from: 3, to: 15)])
      let client = try TestMedia.client()
      let failure = await Self.failure { () throws(MediaFailure) in
        try await client.cut(order) { _ in }
      }
      #expect(failure?.kind == kind, "\(failure?.message ?? "no failure")")
      #expect(try FileManager.default.contentsOfDirectory(atPath: output.string).isEmpty)
    }
  }
}
