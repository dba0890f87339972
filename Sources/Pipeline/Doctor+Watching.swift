import Control
import Foundation
import Library
import Settings
import SystemPackage

// Whether the kernel will tell what happens in the libraries.
extension Doctor {
  /// What the running daemon says of its libraries.
  package static func findings(of status: StatusReport) -> [Finding] {
    status.libraries.flatMap { library in
      library.troubles.map {
        Finding(
          verdict: .warning, subject: "library \(library.name)", detail: "the daemon says: \($0)",
          mend: nil)
      }
    }
  }

  /// Compares the kernel's limits with what the libraries need and other programs hold.
  func inotify() -> [Finding] {
    guard let limit = Self.value(of: .watches), let instances = Self.value(of: .instances) else {
      return []
    }
    let held = WatchNeeds.heldByOthers()
    let needed = settings.libraries.map(WatchNeeds.folders).reduce(0, +)
    let watches =
      "\(limit) watches for this user's programs together, \(needed) needed, \(held.watches) held by others"
    return [
      Self.finding(
        .watches, watches, needed: needed + held.watches, limit: limit,
        instead: "folders without one are looked at every \(pollText)"),
      Self.finding(
        .instances,
        "\(instances) instances, \(settings.libraries.count) needed, \(held.instances) held by others",
        needed: settings.libraries.count + held.instances, limit: instances,
        instead: "libraries without one are looked at every \(pollText)"),
    ]
  }

  private static func finding(
    _ kind: InotifyLimit, _ detail: String, needed: Int, limit: Int, instead: String
  ) -> Finding {
    guard needed > limit else {
      return Finding(verdict: .good, subject: "inotify", detail: detail, mend: nil)
    }
    return Finding(
      verdict: .warning, subject: "inotify", detail: "\(detail): \(instead)",
      mend: "raise the limit on the host: \(kind.command(atLeast: needed)), kept in /etc/sysctl.d/")
  }

  /// A note for a library that is on a network share.
  func fileSystem(of library: LibrarySettings) -> Finding? {
    guard case .remote(let name) = WatchNeeds.fileSystem(of: library.root) else { return nil }
    return Finding(
      verdict: .good, subject: "library \(library.name)",
      detail:
        "it is on \(name): what others change there is told by no event, so it is looked at every \(pollText)",
      mend: nil)
  }

  private var pollText: String { "\(Int(settings.watch.pollInterval.seconds)) s" }

  /// The limit of this user namespace, where there is a tighter one than the host's.
  private static func value(of limit: InotifyLimit) -> Int? {
    let host = number(in: FilePath("/proc/sys/" + limit.rawValue.replacing(".", with: "/")))
    let own = number(in: FilePath("/proc/sys/user/" + limit.nameInNamespace))
    return host.map { min($0, own ?? $0) }
  }

  private static func number(in file: FilePath) -> Int? {
    guard let text = try? SmallFile.read(file, limit: 32) else { return nil }
    return Int(
      String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
