import Foundation
import ServiceHost
import Testing

/// `NOTIFY_SOCKET` belongs to the whole process, so these run one after another.
@Suite(.serialized) struct ServiceNotifierTests {
  /// A service manager's end of the socket, in the abstract namespace.
  private struct Manager {
    let descriptor: Int32
    let name = "langflix-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"

    init() throws {
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes = [0] + Array(name.utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
      let bound = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
      }
      try #require(bound == 0)
      setenv("NOTIFY_SOCKET", "@" + name, 1)
    }

    func receive() -> String {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    func close() {
      unsetenv("NOTIFY_SOCKET")
      _ = Foundation.close(descriptor)
    }
  }

  @Test func tellsTheManager() throws {
    let manager = try Manager()
    defer { manager.close() }
    let notifier = ServiceNotifier()
    notifier.ready(status: "3 episodes\nREADY=0")
    #expect(manager.receive() == "READY=1\nSTATUS=3 episodes READY=0")
    notifier.status("working")
    #expect(manager.receive() == "STATUS=working")
    notifier.stopping()
    #expect(manager.receive() == "STOPPING=1\nSTATUS=Stopping")
  }

  @Test func tellsOfAReloadWithItsTime() throws {
    let manager = try Manager()
    defer { manager.close() }
    ServiceNotifier().reloading()
    let lines = manager.receive().split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let told = try #require(lines.first { $0.hasPrefix("MONOTONIC_USEC=") }?.dropFirst(15))
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let difference = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000 - (Int64(told) ?? 0)
    #expect((0..<60_000_000).contains(difference))
  }

  @Test func asksForTimeAndSaysThatItIsAlive() throws {
    let manager = try Manager()
    defer { manager.close() }
    ServiceNotifier().extendTimeout(by: .seconds(30))
    #expect(manager.receive() == "EXTEND_TIMEOUT_USEC=30000000")
    ServiceNotifier().isAlive()
    #expect(manager.receive() == "WATCHDOG=1")
  }

  @Test func knowsTheWatchdogOfItsOwnProcessOnly() {
    defer {
      unsetenv("WATCHDOG_USEC")
      unsetenv("WATCHDOG_PID")
      unsetenv("SYSTEMD_EXEC_PID")
    }
    #expect(ServiceNotifier.watchdogInterval == nil)
    setenv("WATCHDOG_USEC", "4000000", 1)
    setenv("WATCHDOG_PID", "\(getpid())", 1)
    #expect(ServiceNotifier.watchdogInterval == .seconds(4))
    setenv("WATCHDOG_PID", "1", 1)
    #expect(ServiceNotifier.watchdogInterval == nil)
    #expect(!ServiceNotifier.isMainProcess)
    setenv("SYSTEMD_EXEC_PID", "\(getpid())", 1)
    #expect(ServiceNotifier.isMainProcess)
    setenv("SYSTEMD_EXEC_PID", "1", 1)
    #expect(!ServiceNotifier.isMainProcess)
  }

  @Test func withoutAManagerNothingHappens() {
    unsetenv("NOTIFY_SOCKET")
    ServiceNotifier().ready(status: "nobody listens")
  }
}
