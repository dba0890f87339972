import Glibc
import SystemPackage

/// One inotify instance. Belongs to the watcher's thread.
final class INotify {
  struct Event {
    /// Negative when the event is about the queue itself.
    var watch: Int32
    var mask: UInt32
    var name: FilePath.Component?

    func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }
  }

  let descriptor: Int32
  private let buffer: UnsafeMutableRawBufferPointer

  /// Throws `tooManyOpenFiles` when the user's instances are used up.
  init() throws(Errno) {
    buffer = .allocate(byteCount: 65_536, alignment: MemoryLayout<inotify_event>.alignment)
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
    buffer.deallocate()
  }

  /// Watches a folder. A folder that is watched already gives the same number again.
  func watch(_ folder: FilePath) throws(Errno) -> Int32 {
    let watch = folder.withPlatformString { inotify_add_watch(descriptor, $0, Self.mask) }
    guard watch >= 0 else { throw Errno(rawValue: errno) }
    return watch
  }

  /// The kernel forgets watches of removed folders by itself, so it is no fault when there is none.
  func unwatch(_ watch: Int32) {
    inotify_rm_watch(descriptor, watch)
  }

  /// The events that one read gives, in order; empty when there are none now.
  func readEvents() -> [Event] {
    var count = 0
    repeat {
      count = read(descriptor, buffer.baseAddress, buffer.count)
    } while count < 0 && errno == EINTR
    guard count > 0 else { return [] }
    var events: [Event] = []
    var offset = 0
    let headerSize = MemoryLayout<inotify_event>.size
    while offset + headerSize <= count {
      let header = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      let length = Int(header.len)
      guard offset + headerSize + length <= count else { break }
      // The kernel pads names with zeros, so they are terminated; an event about the folder itself
      // has none.
      let name = buffer.baseAddress.flatMap { base in
        length == 0
          ? nil
          : FilePath.Component(
            platformString: (base + offset + headerSize).assumingMemoryBound(to: CChar.self))
      }
      events.append(Event(watch: header.wd, mask: header.mask, name: name))
      offset += headerSize + length
    }
    return events
  }

  /// No `IN_MODIFY`: a slow copy would wake the thread for every block, and the second look sees it
  /// anyway. A hard link is told by `IN_CREATE` alone.
  private static let mask = UInt32(
    bitPattern: IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
      | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)
}
