import Glibc
import Settings
import SystemPackage

/// What the kernel has to give for libraries to be watched whole, for `doctor`. Blocks.
package enum WatchNeeds {
  /// The folders of a library, each of which takes a watch.
  package static func folders(of library: LibrarySettings) -> Int {
    let rules = IgnoreRules(include: library.include, exclude: library.exclude)
    var seen: Set<FileIdentity> = []
    var waiting: [(path: FilePath, use: FolderUse)] = [(library.root, .everything)]
    while let (path, use) = waiting.popLast() {
      guard var folder = try? OpenFolder(path), seen.insert(folder.identity).inserted else {
        continue
      }
      let place = rules.hasPatterns ? IgnoreRules.place(of: path, below: library.root) : []
      while let entry = try? folder.next() {
        guard entry.kind == .folder, let name = entry.name.component,
          let use = rules.use(ofFolder: name, at: place, within: use)
        else { continue }
        waiting.append((path.appending(name), use))
      }
    }
    return seen.count
  }

  /// The file system of a folder; nil when it can't be opened.
  package static func fileSystem(of path: FilePath) -> FileSystemKind? {
    do throws(Errno) {
      return FileSystemKind(ofOpen: try OpenFolder(path).descriptor)
    } catch {
      return nil
    }
  }

  /// What other programs of this user hold, as far as this user may see it.
  package static func heldByOthers() -> (watches: Int, instances: Int) {
    let program = target(of: "/proc/self/exe")
    var held = (watches: 0, instances: 0)
    for process in names(in: "/proc") where process.string.allSatisfy(\.isNumber) {
      let folder = FilePath("/proc").appending(process)
      guard owner(of: folder) == geteuid(), target(of: folder.appending("exe")) != program else {
        continue
      }
      for file in names(in: folder.appending("fd"))
      where target(of: folder.appending("fd").appending(file)) == "anon_inode:inotify" {
        held.instances += 1
        held.watches += watches(in: folder.appending("fdinfo").appending(file))
      }
    }
    return held
  }

  private static func names(in path: FilePath) -> [FilePath.Component] {
    guard var folder = try? OpenFolder(path) else { return [] }
    var names: [FilePath.Component] = []
    while let entry = try? folder.next() {
      if let name = entry.name.component { names.append(name) }
    }
    return names
  }

  private static func target(of link: FilePath) -> FilePath? {
    var bytes = [CChar](repeating: 0, count: 4_097)
    let count = link.withPlatformString { readlink($0, &bytes, 4_096) }
    return count > 0 ? FilePath(platformString: bytes) : nil
  }

  private static func owner(of path: FilePath) -> UInt32? {
    try? FileStatus(of: path).owner
  }

  /// Each is a line that begins with `inotify wd:`.
  private static func watches(in path: FilePath) -> Int {
    guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else {
      return 0
    }
    var count = 0
    var isAtStart = true
    var block = [UInt8](repeating: 0, count: 65_536)
    _ = try? file.closeAfter {
      while true {
        let length = try block.withUnsafeMutableBytes { try file.read(into: $0) }
        if length == 0 { break }
        for byte in block[..<length] {
          if isAtStart, byte == UInt8(ascii: "i") { count += 1 }
          isAtStart = byte == 0x0A
        }
      }
    }
    return count
  }
}
