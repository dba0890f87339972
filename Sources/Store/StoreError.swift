import GRDB
import SystemPackage

/// Why the store can't be had; the message says how to mend it.
package struct StoreError: Error, Sendable, CustomStringConvertible {
  package enum Code: Sendable { case owned, unwritable, damaged, newer, other }
  package var code: Code
  package var message: String
  package var description: String { message }

  init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  init(opening file: FilePath, _ error: any Error) {
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(
        code: .damaged,
        message: """
          the store \(file) is damaged (\(error)). Move it away, and its -wal and -shm files with it, and start \
          again: clips that are published stay, episodes are looked at anew.
          """)
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
}
