import Expressions
import Glibc
import Subtitles
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
        try lock(folder)
        let file = path(libraryRoot: root)
        let old = try text(of: file)
        let new = change(old)
        guard new != old else { return }
        guard new.utf8.count <= byteLimit else { throw KnownFileProblem.size }
        try replace(file, with: new, in: root)
      }
    } catch {
      throw PublishingError("writing \(name)", at: root, error)
    }
  }

  /// Some network file systems know no locks; the rename is atomic there too. Nobody else's lock holds this up for long.
  private static func lock(_ folder: FileDescriptor) throws {
    for _ in 0..<lockTries {
      if flock(folder.rawValue, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      usleep(lockPause)
    }
    throw KnownFileProblem.locked
  }

  private static let lockTries = 250
  /// In microseconds.
  private static let lockPause: UInt32 = 20_000

  private static func replace(_ file: FilePath, with text: String, in root: FilePath) throws {
    guard !Files.isLink(file) else { throw KnownFileProblem.link }
    let temporary = root.appending(".\(name).langflix")
    try Files.removeTree(temporary)
    do {
      try Files.create(text, at: temporary)
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
    } catch {
      try? Files.removeTree(temporary)
      throw error
    }
    try Files.sync(root)
  }

  private static func text(of file: FilePath) throws -> String {
    do {
      let bytes = try Files.read(file, limit: byteLimit)
      guard let text = DecodedText.text(bytes) else { throw KnownFileProblem.charset }
      return text
    } catch Errno.noSuchFileOrDirectory where Files.isFolder(file.removingLastComponent()) {
      return ""
    } catch Errno.fileTooLarge {
      throw KnownFileProblem.size
    }
  }
}

/// What is wrong with the list itself, and how to mend it.
private enum KnownFileProblem: Error, CustomStringConvertible {
  case charset, size, link, locked

  var description: String {
    switch self {
    case .charset: "it is no text in UTF-8, UTF-16 or windows-1252. Save it as UTF-8"
    case .size: "the list may have 4 MiB at most. Remove lines that are not needed"
    case .locked: "another program holds a lock on the folder. Try again when it has ended"
    case .link:
      "it is a symbolic link, which is not written through. Put the file itself there"
    }
  }
}
