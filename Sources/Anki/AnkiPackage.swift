import Foundation
import Glibc
import SystemPackage

/// Writes notes and their media as an `.apkg`, which Anki, AnkiDroid and AnkiMobile import.
///
/// A note whose content is as in the package that it replaces keeps its time of change: importing again changes nothing
/// that the learner has edited since. All calls block.
package struct AnkiPackage: Sendable {
  /// "langflix::Series".
  package var deck: String
  package var notes: [AnkiNote]

  package init(deck: String, notes: [AnkiNote]) {
    self.deck = deck
    self.notes = notes
  }

  /// Writes the package in one step, or leaves the one that is there where it would be the same. A file that is no
  /// package of ours is never written over.
  /// - Parameters:
  ///   - path: of the `.apkg`; a hidden file and a hidden folder beside it are used meanwhile.
  ///   - now: seconds since 1970.
  /// - Returns: whether it was written.
  @discardableResult
  package func write(to path: FilePath, now: Int64) throws(AnkiError) -> Bool {
    let work = Self.workFolder(of: path)
    do {
      try Self.makeFolder(work)
      defer { try? FileManager.default.removeItem(atPath: work.string) }
      let former = Self.formerNotes(in: path, work: work)
      guard !former.isEmpty || !Self.isTaken(path) else {
        throw AnkiError(
          """
          \(path) holds no notes of langflix's, so it is left as it is: move it away, or rename it, and the deck takes \
          its place
          """)
      }
      let rows = try Self.rows(notes, former: former, now: now)
      let isSame =
        rows.count == former.count && rows.allSatisfy { former[$0.guid]?.content == $0.content }
      if isSame, !rows.isEmpty { return false }
      try write(rows, work: work, to: path, now: now)
      return true
    } catch let error as AnkiError {
      throw error
    } catch {
      throw AnkiError("the deck could not be written", at: path, error)
    }
  }

  /// Removes a package that was written here. Anybody else's stays.
  /// - Returns: whether it was removed.
  @discardableResult
  package static func remove(at path: FilePath) throws(AnkiError) -> Bool {
    let work = workFolder(of: path)
    do {
      guard FileManager.default.fileExists(atPath: path.string) else { return false }
      try makeFolder(work)
      defer { try? FileManager.default.removeItem(atPath: work.string) }
      guard !formerNotes(in: path, work: work).isEmpty else { return false }
      try FileManager.default.removeItem(atPath: path.string)
      return true
    } catch {
      throw AnkiError("the deck could not be removed", at: path, error)
    }
  }

  /// Whether there is anything of that name, a link that leads nowhere too.
  private static func isTaken(_ path: FilePath) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path.string)) != nil
  }

  private static func workFolder(of path: FilePath) -> FilePath {
    path.removingLastComponent().appending(".\(path.stem ?? "Anki").work")
  }

  private static func makeFolder(_ work: FilePath) throws {
    try? FileManager.default.removeItem(atPath: work.string)
    try FileManager.default.createDirectory(
      atPath: work.string, withIntermediateDirectories: false)
  }

  private static func rows(
    _ notes: [AnkiNote], former: [String: (content: String, modified: Int64)], now: Int64
  ) throws(AnkiError) -> [AnkiRow] {
    var seen: Set<String> = []
    var rows: [AnkiRow] = []
    for note in notes where seen.insert(note.identity).inserted {
      var row = try AnkiRow(note, modified: now)
      if let known = former[row.guid] {
        // Anki takes a change only where it is newer.
        row.modified = known.content == row.content ? known.modified : max(now, known.modified + 1)
      }
      rows.append(row)
    }
    return rows
  }

  private func write(_ rows: [AnkiRow], work: FilePath, to path: FilePath, now: Int64) throws {
    let collection = work.appending(AnkiCollection.fileName)
    try AnkiCollection.write(rows, deck: deck, to: collection, now: now)
    let package = work.appending("package")
    let file = try FileDescriptor.open(
      package, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: [.ownerReadWrite, .groupReadWrite, .otherRead])
    try file.closeAfter {
      var archive = ZipWriter(file)
      try archive.add(AnkiCollection.fileName, try MediaBytes.read(collection))
      let media = rows.flatMap(\.media)
      var names: [String: String] = [:]
      for (place, entry) in media.enumerated() {
        names["\(place)"] = entry.name
        let content = try MediaBytes.read(entry.file)
        guard ZipWriter.checksum(content) == entry.checksum else {
          throw AnkiError(
            "a clip's file changed meanwhile", at: entry.file, Errno.resourceTemporarilyUnavailable)
        }
        try archive.add("\(place)", content)
      }
      let list = try JSONEncoder.sorted.encode(names)
      try archive.add("media", Array(list))
      try archive.finish()
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
    let renamed = package.withPlatformString { from in
      path.withPlatformString { to in rename(from, to) }
    }
    guard renamed == 0 else { throw Errno(rawValue: errno) }
  }

  /// The notes of the package that is there, whose first entry is the collection, stored as it is.
  private static func formerNotes(
    in path: FilePath, work: FilePath
  ) -> [String: (content: String, modified: Int64)] {
    let headerSize = 30 + AnkiCollection.fileName.utf8.count
    guard
      let file = try? FileDescriptor.open(
        path, .readOnly, options: [.closeOnExec, .nonBlocking, .noFollow])
    else { return [:] }
    let collection = work.appending("former.anki2")
    let isCopied = try? file.closeAfter {
      var header = [UInt8](repeating: 0, count: headerSize)
      let count = try header.withUnsafeMutableBytes { try file.read(into: $0) }
      guard count == headerSize, header.starts(with: [0x50, 0x4b, 3, 4]), header[8] == 0,
        header.suffix(AnkiCollection.fileName.utf8.count).elementsEqual(
          AnkiCollection.fileName.utf8)
      else { return false }
      let size = header[18..<22].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard size < 256 << 20 else { return false }
      var content = [UInt8](repeating: 0, count: size)
      var filled = 0
      while filled < size {
        let count = try content.withUnsafeMutableBytes {
          try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
        }
        if count == 0 { return false }
        filled += count
      }
      try Data(content).write(to: URL(fileURLWithPath: collection.string))
      return true
    }
    return isCopied == true ? AnkiCollection.notes(in: collection) : [:]
  }
}

extension JSONEncoder {
  fileprivate static var sorted: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
  }
}
