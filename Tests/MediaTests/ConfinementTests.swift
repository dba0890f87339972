import Foundation
import Media
import Settings
import Subtitles
import SystemPackage
import Testing

/// What the worker, and the encoder that it starts, may do: told by a program in the encoder's place.
@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct ConfinementTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func order(encoder script: String) throws -> CutOrder {
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 6, options: TestMedia.h264, at: source)
    let program = folder.file("encoder")
    try Data(script.utf8).write(to: URL(fileURLWithPath: program.string))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: program.string)
    var order = CutTests.order(
      source, [CutTests.clip("a", in: try folder.folder("out"), from: 1, to: 4)])
    order.mode = .exact
    order.ffmpegProgram = program.string
    return order
  }

  @Test func noNetworkNoKeysLimitsOfItsOwn() async throws {
    let report = folder.file("report")
    let order = try order(
      encoder: """
        #!/usr/bin/python3
        import os, resource, socket
        out = open("\(report)", "w")
        for name in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_UNIX"):
            try:
                socket.socket(getattr(socket, name), socket.SOCK_DGRAM).close()
                print(name, "open", file=out)
            except OSError as error:
                print(name, error.errno, file=out)
        print("memory", resource.getrlimit(resource.RLIMIT_AS)[1], file=out)
        print("core", resource.getrlimit(resource.RLIMIT_CORE)[1], file=out)
        print("processor", resource.getrlimit(resource.RLIMIT_CPU)[1], file=out)
        print("keys", *[name for name in os.environ if "KEY" in name or "SOCKET" in name], file=out)
        # One is the listed folder itself, one this report.
        print("descriptors", len(os.listdir("/proc/self/fd")), file=out)
        """)
    setenv("LANGFLIX_TEST_API_KEY", "secret", 1)
    defer { unsetenv("LANGFLIX_TEST_API_KEY") }
    let clips = try await TestMedia.client(memory: 2 << 30).cut(order) { _ in }
    #expect(clips.first?.failure != nil, "the report's program encodes nothing")
    let lines = Set(
      try String(contentsOfFile: report.string, encoding: .utf8).split(separator: "\n")
        .map(String.init))
    for name in ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET"] {
      #expect(lines.contains("\(name) \(EACCES)"), "\(lines)")
    }
    #expect(lines.contains("AF_UNIX open"))
    #expect(lines.contains("memory \(2 << 30)"), "\(lines)")
    #expect(lines.contains("core 0"), "\(lines)")
    let processor = try #require(
      lines.first { $0.hasPrefix("processor ") }?.split(separator: " ").last.flatMap {
        Int($0)
      })
    #expect((1...1_000).contains(processor))
    #expect(lines.contains("keys"), "\(lines)")
    #expect(lines.contains("descriptors 5"), "\(lines)")
  }

  @Test func theEncoderEndsWithItsWorker() async throws {
    let told = folder.file("told")
    #expect(mkfifo(told.string, 0o600) == 0)
    let order = try order(
      encoder: """
        #!/bin/sh
        echo $$ > '\(told)'
        exec sleep 1000
        """)
    let client = try TestMedia.client()
    let task = Task { try? await client.cut(order) { _ in } }
    // Opening the FIFO waits until the stand-in runs.
    let text = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let data = FileHandle(forReadingAtPath: told.string)?.readDataToEndOfFile()
        continuation.resume(returning: String(decoding: data ?? Data(), as: UTF8.self))
      }
    }
    let encoder = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    task.cancel()
    _ = await task.value
    // It is told by the kernel, and nobody here is told when it has ended.
    let deadline = ContinuousClock.now + .seconds(30)
    while kill(encoder, 0) == 0, .now < deadline { try await Task.sleep(for: .milliseconds(10)) }
    #expect(kill(encoder, 0) == -1 && errno == ESRCH)
  }
}
