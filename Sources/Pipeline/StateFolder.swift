import Glibc
import Store
import SystemPackage

/// The folder of the store, its lock and the control socket. Blocks.
package enum StateFolder {
  /// Makes it, and those above it, for this user and group alone.
  package static func make(_ folder: FilePath) throws {
    var parent = FilePath(root: folder.root)
    for component in folder.components {
      parent.append(component)
      guard parent.withPlatformString({ mkdir($0, 0o750) }) != 0, errno != EEXIST else { continue }
      let code = Errno(rawValue: errno)
      // A mount point that may not be made anew is there all the same.
      guard FilePresence.of(parent) != .there else { continue }
      throw StateFolderError(folder: folder, cause: code)
    }
    guard let owner = try? folder.stat().userID.rawValue else { return }
    // Files of root's in the service's folder would keep the service from starting ever again.
    guard geteuid() != 0 || owner == 0 else {
      throw StateFolderOwnerError(folder: folder, owner: owner)
    }
  }
}

/// The store of the service, where the package and the unit have it. Blocks.
package enum ServiceStore {
  package static let folder: FilePath = "/var/lib/langflix"
  /// How a command is run as the service's user.
  package static let command = "runuser -u langflix -- langflix"

  /// Whether the service has run on this machine, as far as this user may see.
  package static var isThere: Bool {
    FilePresence.of(folder.appending("langflix.sqlite3")) == .there
  }
}

package struct StateFolderError: Error, Sendable, CustomStringConvertible {
  var folder: FilePath
  var cause: Errno

  package var description: String {
    """
    the state folder \(folder) can't be made (\(cause)): create it and give it to the user that langflix runs as, \
    or set state_folder (LANGFLIX_STATE_FOLDER) to a folder that it may write
    """
  }
}

package struct StateFolderOwnerError: Error, Sendable, CustomStringConvertible {
  var folder: FilePath
  var owner: UInt32

  package var description: String {
    """
    the state folder \(folder) belongs to user \(owner), and this is root: run it as that user \
    (setpriv --reuid=\(owner) or sudo -u), or name another folder with --state-folder
    """
  }
}
