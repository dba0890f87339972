import Foundation
import Glibc
import Logging
import Media
import Settings
import Subtitles
import Synchronization
import SystemPackage
import Testing

/// Damaged files through the worker: whatever they hold, calls return, and clips are good.
///
/// LANGFLIX_DAMAGED says how many, LANGFLIX_DAMAGED_FIRST with which seed to begin: a failure names its seed.
/// LANGFLIX_DAMAGED_KEEP is an existing folder where inputs and clips are to stay.
@Suite(
  .enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"), .serialized)
struct DamageTests {
  private static func number(_ name: String, or usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
  }

  private static let limit = Duration.seconds(60)
  /// For a busy machine: to start and end the worker.
  private static let margin = Duration.seconds(60)
  private static let workers = 2

  private let folder: TemporaryFolder
  /// The program under a name of its own, by which its processes are found.
  private let program: FilePath
  private let sources: DamageSources
  private let outcomes = DamageOutcomes()

  init() throws {
    folder = try TemporaryFolder()
    program = folder.file("damage-\(getpid())")
    let real = try #require(TestMedia.program).string
    try FileManager.default.createSymbolicLink(
      atPath: program.string,
      withDestinationPath: URL(fileURLWithPath: real).standardizedFileURL.path)
    sources = try DamageSources(in: folder)
  }

  private var client: MediaWorkerClient {
    MediaWorkerClient(
      program: program, limits: WorkerLimits(wallClock: Self.limit, memory: 1 << 30),
      logger: Logger(label: "test"))
  }

  /// Else the test below would show nothing.
  @Test func whatIsSoundIsCut() async throws {
    for (position, source) in sources.all.enumerated() {
      let clips = try await check(source, bytes: source.bytes, label: source.name, place: position)
      #expect(clips.map(\.failure) == [nil, nil], "\(source.name)")
    }
    try await expectNothingRuns()
  }

  @Test func damageFailsOneCallAtMost() async throws {
    let first = Self.number("LANGFLIX_DAMAGED_FIRST", or: 0)
    let seeds = first..<first + Self.number("LANGFLIX_DAMAGED", or: 60)
    let began = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (started, seed) in seeds.enumerated() {
        if started >= Self.workers { try await group.next() }
        group.addTask {
          let input = DamagedInput(seed: seed, sources: sources.all)
          _ = try await check(
            input.source, bytes: input.bytes, label: input.description, place: seed)
        }
      }
      try await group.waitForAll()
    }
    try await expectNothingRuns()
    print("\(seeds.count) damaged inputs in \(ContinuousClock.now - began)\n\(outcomes.table)")
  }

  private func check(
    _ source: DamageSources.Source, bytes: [UInt8], label: String, place: Int
  ) async throws -> [CutClip] {
    let name = "input-\(place)"
    let keep = ProcessInfo.processInfo.environment["LANGFLIX_DAMAGED_KEEP"]
    let room = keep.map { FilePath($0) } ?? folder.path
    let input = room.appending("\(name).\(source.fileExtension)")
    let output = room.appending("\(name)-clips")
    try FileManager.default.createDirectory(
      atPath: output.string, withIntermediateDirectories: true)
    defer {
      for path in [input, output] where keep == nil {
        try? FileManager.default.removeItem(atPath: path.string)
      }
    }
    try Data(bytes).write(to: URL(fileURLWithPath: input.string))
    let probe = await call("probe", label, input) { () throws(MediaFailure) in
      try await client.probe(input)
    }.value
    if let track = probe?.streams.first(where: { $0.kind == .subtitle }) {
      _ = await call("subtitles", label, input) { () throws(MediaFailure) in
        try await client.subtitleTrack(of: input, stream: track.index)
      }
    }
    return try await cut(input, probe, into: output, label, isCopyOnly: place % 3 != 2)
  }

  private func cut(
    _ input: FilePath, _ probe: Probe?, into output: FilePath, _ label: String, isCopyOnly: Bool
  ) async throws -> [CutClip] {
    let orders = [
      CutTests.clip("a", in: output, from: 1.2, to: 2.6),
      CutTests.clip("b", in: output, from: 4.1, to: 5.4),
    ]
    let order = CutOrder(
      source: input, audioLanguage: "en", leadInMaximum: .seconds(3), pad: .milliseconds(200),
      mode: isCopyOnly ? .copy : .auto, clips: orders)
    // A clip that was told of counts, whatever happens to the next.
    let told = Mutex<[CutClip]>([])
    let (_, failure) = await call("cut", label, input, rounds: orders.count + 1) {
      () throws(MediaFailure) in
      try await client.cut(order) { clip in told.withLock { $0.append(clip) } }
    }
    let clips = told.withLock { $0 }
    if failure == nil { #expect(clips.map(\.id) == ["a", "b"], "\(label)") }
    for clip in clips {
      let order = try #require(orders.first { $0.id == clip.id })
      outcomes.count(
        clip.failure.map { "clip: \(DamageOutcomes.kind(of: $0))" } ?? "clip: \(clip.method)")
      if clip.failure == nil {
        do {
          try DamagedClip(clip, order, probe).expectGood(label)
        } catch {
          Issue.record("ffprobe refuses clip \(clip.id), \(clip.method), of \(label)")
        }
      } else {
        #expect(clip.failure?.isEmpty == false && clip.fileName == nil, "\(label)")
      }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: output.string)
    let wasKilled = failure?.kind == .timedOut || failure?.kind == .crashed
    if !wasKilled {
      #expect(Set(left) == Set(clips.compactMap(\.fileName)), "\(label)")
    }
    return clips
  }

  /// - Parameter rounds: how often the limit may begin anew.
  private func call<Value: Sendable>(
    _ what: String, _ label: String, _ input: FilePath, rounds: Int = 1,
    _ body: () async throws(MediaFailure) -> Value
  ) async -> (value: Value?, failure: MediaFailure?) {
    let most = Self.limit * rounds + Self.margin
    // Tells of a call that never returns, too.
    let watch = Task {
      try await Task.sleep(for: most)
      Issue.record("\(what) takes longer than \(most): \(label)")
    }
    defer { watch.cancel() }
    let began = ContinuousClock.now
    defer { outcomes.took(ContinuousClock.now - began, "\(what), \(label)") }
    do throws(MediaFailure) {
      let value = try await body()
      outcomes.count("\(what): done")
      return (value, nil)
    } catch {
      outcomes.count("\(what): \(error.kind): \(DamageOutcomes.kind(of: error.message))")
      if error.kind == .crashed { outcomes.tell("crashed: \(label): \(error.message)") }
      if error.kind == .timedOut { outcomes.tell("timed out: \(what), \(label)") }
      // What failed, and after ";" or as a question what to do; or else in which file.
      let name = input.lastComponent?.string ?? ""
      #expect(
        error.message.contains { ";?".contains($0) } || error.message.contains(name)
          || error.kind == .noVideo, "\(what), \(label): \(error.message)")
      #expect(!error.message.contains("Error("), "\(what), \(label): \(error.message)")
      return (nil, error)
    }
  }

  /// No worker, and no program that one started: they bear this test's folder in their command.
  private func expectNothingRuns() async throws {
    // A program whose worker was killed is about to end, too, and nobody here is told when.
    let deadline = ContinuousClock.now + .seconds(5)
    var running = try ourProcesses
    while !running.isEmpty, .now < deadline {
      try await Task.sleep(for: .milliseconds(20))
      running = try ourProcesses
    }
    #expect(running.isEmpty)
    let status = try TestMedia.output(of: "ps", ["--ppid", "\(getpid())", "-o", "stat=,comm="])
    let zombies = status.split(separator: "\n").filter {
      $0.hasPrefix("Z") && $0.contains(program.lastComponent?.string.prefix(15) ?? "")
    }
    #expect(zombies.isEmpty)
  }

  private var ourProcesses: [Int] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init).filter {
        let command = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\($0)/cmdline"))
        return command?.range(of: Data(folder.path.string.utf8)) != nil
      }
    }
  }
}
