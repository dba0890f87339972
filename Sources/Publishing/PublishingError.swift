import Glibc
import SystemPackage

/// Why clips could not be published; the message says how to mend it.
package struct PublishingError: Error, Sendable, CustomStringConvertible {
  package enum Code: Sendable { case diskFull, notAllowed, readOnly, other }
  package var code: Code
  package var message: String
  package var description: String { message }

  init(_ action: String, at path: FilePath, _ error: any Error) {
    switch (error as? Errno)?.rawValue {
    case ENOSPC, EDQUOT:
      code = .diskFull
      message =
        "\(action) in \(path) failed: the disk is full. Free some space; it goes on by itself."
    case EROFS:
      code = .readOnly
      message = """
        \(action) in \(path) failed: the file system is read-only for langflix. Mount the share writable; it goes on \
        by itself.
        """
    case EACCES, EPERM:
      code = .notAllowed
      message = """
        \(action) in \(path) failed: langflix may not write there. Give its user write permission on the \
        episode's folder, or mount the share writable; it goes on by itself.
        """
    default:
      code = .other
      message = "\(action) in \(path) failed: \(error)"
    }
  }
}
