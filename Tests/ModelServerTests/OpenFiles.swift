import Glibc

/// The number of files that this process may have open.
enum OpenFiles {
  struct TooFew: Error, CustomStringConvertible {
    var description: String
  }

  /// Raises the soft limit where that is needed.
  static func allow(_ count: Int) throws {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(count)
    else { return }
    limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
    guard limit.rlim_cur >= rlim_t(count),
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
    else { throw TooFew(description: "run the test where `ulimit -Hn` is at least \(count)") }
  }
}
