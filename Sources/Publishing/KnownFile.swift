import Expressions
import Glibc
import SystemPackage

/// `known.txt` in a library's folder: the list that the learner keeps. All calls block.
package enum KnownFile {
  package static let name = "known.txt"
  private static let byteLimit = 4 << 20

  package static func path(libraryRoot root: FilePath) -> FilePath { root.appending(name) }

  /// The list; empty where there is no file.
  package static func read(libraryRoot root: FilePath) throws(PublishingError) -> KnownPhrases {
    do {
      return KnownPhrases(text: try text(of: path(libraryRoot: root)))
    } catch {
      throw PublishingError("reading \(name)", at: root, error)
    }
  }

  /// Changes the file's text; nothing is written where nothing changes.
  ///
  /// The new text takes the old one's place in one step. Programs that change it at once wait for each other, so that
  /// none loses a line; an editor on the share is not held up.
  package static func edit(
    libraryRoot root: FilePath, _ change: (String) -> String
  ) throws(PublishingError) {
    do {
      let folder = try FileDescriptor.open(root, .readOnly, options: .closeOnExec)
      try folder.closeAfter {
        // Some network file systems know no locks; the rename is atomic there too.
        while flock(folder.rawValue, LOCK_EX) != 0, errno == EINTR {}
        let file = path(libraryRoot: root)
        let old = try text(of: file)
        let new = change(old)
        guard new != old else { return }
        try replace(file, with: new, in: root)
      }
    } catch {
      throw PublishingError("writing \(name)", at: root, error)
    }
  }

  private static func replace(_ file: FilePath, with text: String, in root: FilePath) throws {
    let temporary = root.appending(".\(name).langflix")
    try Files.write(text, to: temporary)
    var info = stat()
    if file.withPlatformString({ stat($0, &info) }) == 0 {
      // The owner's file stays the owner's as far as this user may do that.
      temporary.withPlatformString { path in
        _ = chmod(path, info.st_mode & 0o7777)
        _ = chown(path, info.st_uid, info.st_gid)
      }
    }
    try Files.sync(temporary)
    try Files.rename(temporary, file)
    try Files.sync(root)
  }

  /// UTF-8, or what Windows' editors write: UTF-16 with its mark, or Latin-1.
  private static func text(of file: FilePath) throws -> String {
    guard Files.exists(file) else { return "" }
    let bytes = try Files.read(file, limit: byteLimit)
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), high: 1) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), high: 0) }
    return String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// - Parameter high: which of two bytes is the higher one.
  private static func utf16(_ bytes: ArraySlice<UInt8>, high: Int) -> String {
    let all = Array(bytes)
    let units = stride(from: 0, to: all.count - 1, by: 2).map {
      UInt16(all[$0 + high]) << 8 | UInt16(all[$0 + 1 - high])
    }
    return String(decoding: units, as: UTF16.self)
  }
}
