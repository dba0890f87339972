import Expressions
import Store
import SystemPackage

/// What is measured.
struct Workload: Sendable {
  let store: EpisodeStore
  let rows: Int
  let width: Int

  private static let clock = ContinuousClock()

  /// Rows a second.
  func rate(_ body: () async throws -> Void) async throws -> Double {
    Double(rows) / (try await Self.clock.measure(body) / .seconds(1))
  }

  func milliseconds(_ body: () async throws -> Void) async throws -> Double {
    var times: [Double] = []
    for _ in 1...21 { times.append(try await Self.clock.measure(body) / .milliseconds(1)) }
    return times.sorted()[times.count / 2]
  }

  /// As a library's first scan records what it found, a thousand at a time.
  func enqueue() throws {
    var number = 0
    while number < rows {
      let files = (number..<min(rows, number + 1_000)).map {
        FileStamp(
          path: FilePath("/media/Series \($0 / 100)/Episode \($0).mkv"), sizeBytes: Int64($0 + 1),
          modified: Int64($0))
      }
      try store.recordEpisodeFiles(files, library: "m", origin: .news, now: 1)
      number += files.count
    }
  }

  /// What a claim takes, with so many others in work already; sorted, in milliseconds.
  func claims(_ count: Int) async throws -> [Double] {
    var times: [Double] = []
    for turn in 0..<count {
      let inWork = Set((0..<Int64(turn % 33)).map { $0 + 1 })
      times.append(
        try await Self.clock.measure {
          _ = try await store.nextEpisode(now: 2, excluding: inWork)
        } / .milliseconds(1))
    }
    return times.sorted()
  }

  /// Each row's step is done: its state changes, and with it what is next.
  func complete() async throws {
    try await forAll { id in try await store.record(.probed, of: id, now: 3) }
  }

  /// The conveyor's whole turn: it claims the next row and has it completed, many at once.
  func claimAndComplete() async throws {
    try await withThrowingTaskGroup(of: Int64.self) { group in
      var inWork: Set<Int64> = []
      while let next = try await store.nextEpisode(
        now: 4, states: [.transcribing], excluding: inWork)
      {
        let id = next.id
        inWork.insert(id)
        group.addTask {
          try await store.record(.subtitlesMissing, of: id, now: 4)
          return id
        }
        if inWork.count >= width, let done = try await group.next() { inWork.remove(done) }
      }
      try await group.waitForAll()
    }
  }

  /// With nobody to share a sync with.
  func oneByOne(_ count: Int) async throws -> Double {
    let time = try await Self.clock.measure {
      for id in 1...Int64(count) {
        try await store.record(.subtitlesArrived, of: id, now: 5)
      }
    }
    return Double(count) / (time / .seconds(1))
  }

  private func forAll(_ body: @escaping @Sendable (Int64) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 1...Int64(rows) {
        if id > width { try await group.next() }
        group.addTask { try await body(id) }
      }
      try await group.waitForAll()
    }
  }
}
