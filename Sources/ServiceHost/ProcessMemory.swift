import CLinux

/// The allocator of this process.
package enum ProcessMemory {
  /// Has the threads share two heaps. Else each keeps what it has freed in one of its own, and steady work looks like a
  /// leak. To be called before there are threads.
  package static func shareHeaps() {
    _ = clinux_limit_heaps(2)
  }
}
