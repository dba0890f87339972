import Glibc
import SystemPackage

/// The files of a state folder that the store makes.
struct StorePaths: Sendable {
  let folder: FilePath

  var database: FilePath { folder.appending("langflix.sqlite3") }
  /// A checked copy that takes the store's place when it is opened next.
  var restored: FilePath { folder.appending("langflix.sqlite3.restore") }
  var backups: FilePath { folder.appending("backups") }

  /// Where the store goes, with what belongs to it, when another takes its place.
  func replaced(at time: String) -> FilePath {
    folder.appending("langflix.sqlite3.replaced-\(time)")
  }

  /// SQLite's own files beside a database.
  static let companions = ["-wal", "-shm"]

  static func exists(_ path: FilePath) -> Bool {
    path.withPlatformString { access($0, F_OK) } == 0
  }

  static func move(_ from: FilePath, _ to: FilePath) throws {
    let result = from.withPlatformString { from in to.withPlatformString { rename(from, $0) } }
    guard result == 0 else { throw Errno(rawValue: errno) }
  }

  static func remove(_ path: FilePath) throws {
    guard path.withPlatformString({ unlink($0) }) != 0, errno != ENOENT else { return }
    throw Errno(rawValue: errno)
  }

  /// Makes what a file or a folder holds durable.
  static func sync(_ path: FilePath) throws {
    let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    defer { try? descriptor.close() }
    guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Such as "2026-11-30T03-00-00", in UTC.
  static func stamp(_ seconds: Double) -> String {
    var time = time_t(max(0, min(seconds, 253_000_000_000)))
    var parts = tm()
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = "\(parts.tm_year + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return "\(day)T\(two(parts.tm_hour))-\(two(parts.tm_min))-\(two(parts.tm_sec))"
  }
}
