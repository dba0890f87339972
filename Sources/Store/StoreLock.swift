import Glibc
import SystemPackage

/// Ownership of a state folder by this process; released when the value goes or the process ends, however it ends.
final class StoreLock: Sendable {
  private let descriptor: FileDescriptor

  init(folder: FilePath) throws(StoreError) {
    let file = folder.appending("langflix.lock")
    do {
      // Close-on-exec: a worker that outlives a killed daemon must not hold the lock.
      descriptor = try FileDescriptor.open(
        file, .readWrite, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead])
    } catch {
      throw StoreError(
        code: .unwritable,
        message: """
          the state folder \(folder) can't be written (\(error)). Create it and give it to the user that langflix \
          runs as, or set state_folder to another folder.
          """)
    }
    guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      let owner = Self.owner(in: descriptor)
      // `deinit` runs here too, and closes it; a second time might close another thread's file.
      throw StoreError(
        code: .owned,
        message: """
          the store in \(folder) is in use by \(owner). Stop that process first, or let it do the work: process, \
          status and retry ask a running daemon by themselves.
          """)
    }
    // The text only helps to name the owner; the lock is what counts.
    let text = Array("\(getpid())\n".utf8)
    ftruncate(descriptor.rawValue, 0)
    _ = try? descriptor.writeAll(toAbsoluteOffset: 0, text)
  }

  /// Lets another process own the folder; once the files are closed.
  func release() { flock(descriptor.rawValue, LOCK_UN) }

  deinit {
    // Closing alone would leave the lock to a child that was forked a moment ago and has not reached its exec yet.
    flock(descriptor.rawValue, LOCK_UN)
    try? descriptor.close()
  }

  private static func owner(in descriptor: FileDescriptor) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = bytes.withUnsafeMutableBytes { buffer in
      (try? descriptor.read(fromAbsoluteOffset: 0, into: buffer)) ?? 0
    }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    guard let pid = Int32(text.prefix { $0.isNumber }) else { return "another process" }
    return "process \(pid)"
  }
}
