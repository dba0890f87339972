/// A limit of the kernel, shared by all programs of one user on the host, containers included.
package enum InotifyLimit: String, Sendable, CaseIterable {
  /// One is needed for each folder.
  case watches = "fs.inotify.max_user_watches"
  /// One is needed for each library.
  case instances = "fs.inotify.max_user_instances"

  /// In `/proc/sys/user`, where each user namespace has a limit of its own.
  package var nameInNamespace: String {
    switch self {
    case .watches: "max_inotify_watches"
    case .instances: "max_inotify_instances"
    }
  }

  /// Enough for large libraries and for others on the host; a watch takes about 1 KiB of the
  /// kernel's memory.
  private var usual: Int {
    switch self {
    case .watches: 1_048_576
    case .instances: 512
    }
  }

  /// The command line that raises it.
  /// - Parameter needed: what is known to be needed, of which it allows twice as much.
  package func command(atLeast needed: Int = 0) -> String {
    "sysctl -w \(rawValue)=\(max(usual, needed * 2))"
  }
}
