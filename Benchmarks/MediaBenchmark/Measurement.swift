import ArgumentParser
import Foundation
import SystemPackage

/// What a child of this process took, its own children included.
struct Measurement: Encodable {
  private let seconds: Double
  /// The same, and every file and their folder on the disk.
  private let syncedSeconds: Double
  /// By system calls, so from the page cache, too, but without what is mapped.
  private let readBytes: Int
  private let writtenBytes: Int
  /// Of the largest process.
  private let peakBytes: Int
  private let clipBytes: Int

  struct Start {
    let time: ContinuousClock.Instant
    let counters: [String: Int]

    init() throws {
      counters = try Measurement.counters()
      time = .now
    }
  }

  /// To be made when the child has ended.
  init(since start: Start, clips folder: FilePath) throws {
    let time = ContinuousClock.now - start.time
    let counters = try Self.counters()
    seconds = time / .seconds(1)
    readBytes = counters["rchar", default: 0] - start.counters["rchar", default: 0]
    writtenBytes = counters["wchar", default: 0] - start.counters["wchar", default: 0]
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    peakBytes = usage.ru_maxrss * 1_024
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.string)
    let syncStart = ContinuousClock.now
    let files = names.map { folder.appending($0) }
    for path in files + [folder] { try Self.sync(path) }
    syncedSeconds = (time + (ContinuousClock.now - syncStart)) / .seconds(1)
    clipBytes = try files.reduce(0) { sum, path in
      let size = try FileManager.default.attributesOfItem(atPath: path.string)[.size] as? Int
      return sum + (size ?? 0)
    }
  }

  func print() throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = .sortedKeys
    Swift.print(String(decoding: try encoder.encode(self), as: UTF8.self))
  }

  /// Of this process; the kernel adds those of a child when that is waited for.
  private static func counters() throws -> [String: Int] {
    let text = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
    return text.split(separator: "\n").reduce(into: [:]) { counters, line in
      let parts = line.split(separator: ":")
      guard parts.count == 2, let count = Int(parts[1].drop { $0 == " " }) else { return }
      counters[String(parts[0])] = count
    }
  }

  private static func sync(_ path: FilePath) throws {
    let descriptor = try FileDescriptor.open(path, .readOnly)
    defer { try? descriptor.close() }
    guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
  }
}
