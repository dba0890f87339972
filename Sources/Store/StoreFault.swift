import GRDB

/// Why the store failed while it was open, as far as that matters to who works with it.
package enum StoreFault: Sendable, Hashable {
  /// It is full, or its quota is used up, or it refuses writes for another reason; it may go on by itself.
  case diskRefuses
  /// Pages of the file are damaged: only a backup helps.
  case damaged
  case other

  package init?(_ error: any Error) {
    guard let code = (error as? DatabaseError)?.resultCode else { return nil }
    switch code {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN: self = .diskRefuses
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged
    default: self = .other
    }
  }
}
