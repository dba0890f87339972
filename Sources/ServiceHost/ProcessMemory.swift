import CLinux

/// The allocator of this process.
package enum ProcessMemory {
  /// For a long life. To be called before there are threads.
  package static func prepare() {
    // Else each thread keeps what it has freed in a heap of its own, and steady work looks like a leak.
    _ = clinux_limit_heaps(2)
    // Else the allocator learns from each long block that is freed to put the next one into a heap, where it leaves a hole.
    _ = clinux_map_blocks_from(128 << 10)
  }

  /// Gives back to the system what is free between what is kept; takes about a millisecond.
  package static func giveBack() { _ = clinux_trim_heaps() }
}
