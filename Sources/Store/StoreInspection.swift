import GRDB
import SystemPackage

/// What a database file is, found out without changing a byte of it.
enum StoreInspection: Sendable, Equatable {
  /// There is none, or an empty one.
  case absent
  /// A store of this version or an older one.
  case store(migrations: Set<String>)
  /// A store of a newer langflix.
  case newer
  /// Another program's database, or no database at all.
  case foreign

  private static let magic = Array("SQLite format 3\0".utf8)

  /// - Throws: `DatabaseError` for a damaged one, `Errno` for one that can't be read.
  init(of file: FilePath) throws {
    guard StorePaths.exists(file) else {
      self = .absent
      return
    }
    let header = try Self.header(of: file)
    guard !header.isEmpty else {
      self = .absent
      return
    }
    guard header.count == 100, header.starts(with: Self.magic) else {
      self = .foreign
      return
    }
    let identifier = header[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) }
    // Before there was a mark it was 0.
    guard identifier == Schema.applicationID || identifier == 0 else {
      self = .foreign
      return
    }
    var configuration = Configuration.plain
    configuration.readonly = true
    configuration.label = "langflix.inspection"
    // A person's own tool may hold the file for a moment.
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: file.string, configuration: configuration)
    defer { try? queue.close() }
    self = try queue.read { database in
      let tables = try String.fetchSet(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
      guard !tables.isEmpty else { return .absent }
      guard tables.isSuperset(of: ["grdb_migrations", "episode", "location"]) else {
        return .foreign
      }
      let applied = try String.fetchSet(database, sql: "SELECT identifier FROM grdb_migrations")
      guard applied.contains(Schema.migrator.migrations[0]) else { return .foreign }
      return applied.isSubset(of: Schema.migrator.migrations)
        ? .store(migrations: applied) : .newer
    }
  }

  private static func header(of file: FilePath) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(file, .readOnly, options: .closeOnExec)
    defer { try? descriptor.close() }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = try bytes.withUnsafeMutableBytes {
      try descriptor.read(fromAbsoluteOffset: 0, into: $0)
    }
    return Array(bytes[..<count])
  }
}
