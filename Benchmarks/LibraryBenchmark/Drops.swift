import Foundation
import SystemPackage

/// Files that are dropped into the watched folder.
struct Drops {
  let folder: FilePath
  let journal: Journal

  /// From the close of a file to the moment from which it settles, in microseconds; a file that is missed counts as 10 s.
  func latencies(of count: Int) throws -> [Double] {
    try (0..<count).map { number in
      let path = folder.appending("latency \(number).mkv")
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
      // It is noticed as it is made; what counts is what comes after.
      _ = journal.timeNoticed(path)
      journal.forget(path)
      _ = try file.writeAll([0x1A, 0x45, 0xDF, 0xA3])
      try file.close()
      let closed = ContinuousClock.now
      let noticed = journal.timeNoticed(path) ?? closed + .seconds(10)
      Thread.sleep(forTimeInterval: 0.002)
      return max(0, (noticed - closed) / .microseconds(1))
    }
  }

  /// - Returns: how many were never offered, and the time from the first drop to the last offer, settling included.
  func burst(of count: Int) throws -> (missed: Int, seconds: Double) {
    let began = ContinuousClock.now
    let target = folder.appending("burst")
    try FileManager.default.createDirectory(
      atPath: target.string, withIntermediateDirectories: true)
    var paths: Set<FilePath> = []
    for number in 0..<count {
      let path = target.appending("Show - burst \(number).mkv")
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
      try file.closeAfter { _ = try file.writeAll([0x1A, 0x45, 0xDF, 0xA3]) }
      paths.insert(path)
    }
    let missed = journal.waitForOffers(of: paths, seconds: 120)
    return (missed, (ContinuousClock.now - began) / .seconds(1))
  }
}
