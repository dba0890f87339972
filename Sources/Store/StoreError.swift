import GRDB
import SystemPackage

/// Why the store can't be had; the message says how to mend it.
package struct StoreError: Error, Sendable, CustomStringConvertible {
  package enum Code: Sendable {
    case owned, absent, unwritable, damaged, newer, foreign, remote, other
  }
  package var code: Code
  package var message: String
  package var description: String { message }

  init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  init(unknown value: String) {
    self.init(
      code: .newer,
      message: """
        the store holds '\(value)', which this version does not know: a newer langflix wrote it, so upgrade
        """)
  }

  init(damaged file: FilePath, _ detail: String) {
    self.init(
      code: .damaged,
      message: """
        the store \(file) is damaged (\(detail)). Nothing was changed in it. Put the last backup in its place: \
        langflix db restore (langflix db backup --list shows them). Or move the file away, and its -wal and -shm files \
        with it: clips that are published stay, and episodes are taken over from the expressions.json beside them.
        """)
  }

  init(absentIn folder: FilePath) {
    self.init(
      code: .absent,
      message: """
        there is no store in \(folder) yet: langflix serve or langflix process FILE makes it; another folder is named \
        by --state-folder
        """)
  }

  init(opening file: FilePath, _ error: any Error) {
    if let error = error as? StoreError {
      self = error
      return
    }
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self.init(damaged: file, "\(error)")
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_FULL:
      self.init(
        code: .unwritable,
        message: """
          the store \(file) can't be opened for writing (\(error)). The user that langflix runs as needs to own \
          its folder, and the disk needs free space; or set state_folder to another folder.
          """)
    default:
      self.init(code: .other, message: "the store \(file) can't be opened: \(error)")
    }
  }

  init(refusing file: FilePath) {
    self.init(
      code: .foreign,
      message: """
        \(file) is no store of langflix's. It was left as it is: move it away, or set state_folder to another folder. If \
        it was a store it is damaged: langflix db restore puts the last backup in its place.
        """)
  }

  init(newer file: FilePath) {
    self.init(
      code: .newer,
      message: """
        the store \(file) was written by a newer langflix. It was left as it is: install that version or a newer one, \
        or go back to the copy that was made before the upgrade (langflix db backup --list, langflix db restore).
        """)
  }

  init(remote folder: FilePath, kind: String) {
    self.init(
      code: .remote,
      message: """
        the state folder \(folder) is on a file system of the kind '\(kind)', where the store may be damaged: its \
        locks and its shared memory are not reliable there. Set state_folder to a folder of a local disk (media may \
        lie anywhere), or accept the risk with state_on_network: allow.
        """)
  }

  init(backingUp target: FilePath, _ error: any Error) {
    let isFull =
      (error as? DatabaseError)?.resultCode == .SQLITE_FULL
      || [Errno.noSpace, .diskQuotaExceeded].contains(error as? Errno)
    let code: Code = isFull ? .unwritable : (error as? StoreError)?.code ?? .other
    let detail =
      if (error as? Errno) == .fileExists {
        "a file of that name is there"
      } else if (error as? DatabaseError)?.resultCode == .SQLITE_CANTOPEN {
        "its folder is missing or can't be written; make it, or name another place"
      } else {
        "\(error)"
      }
    self.init(
      code: code,
      message: """
        the store could not be copied to \(target): \(isFull ? "the disk is full; free some space" : detail)
        """)
  }
}
