import Foundation
import NIOCore

/// Which names a browser may use for this server.
///
/// A page of a stranger can have its own name lead here (DNS rebinding), but not an address, nor a name of this machine.
struct HostCheck: Sendable {
  private let names: Set<String>
  private let allowsAny: Bool

  /// - Parameters:
  ///   - listen: the host that the server listens on.
  ///   - machine: this machine's own name.
  ///   - hosts: what the settings allow besides.
  init(listen: String, machine: String, hosts: [String]) {
    allowsAny = hosts.contains("*")
    let short = machine.split(separator: ".").first.map(String.init) ?? machine
    let own = [listen, "localhost", machine, short, "\(short).local"]
    names = Set((own + hosts).map { $0.lowercased() }.filter { !$0.isEmpty })
  }

  /// - Parameter authority: the request's `Host`, with its port if it has one.
  func allows(_ authority: String) -> Bool {
    guard let host = Self.host(of: authority) else { return false }
    return allowsAny || Self.isAddress(host) || names.contains(host)
  }

  /// Without port and brackets, in lower case; nil for what is no host.
  static func host(of authority: String) -> String? {
    guard 1...300 ~= authority.utf8.count,
      authority.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x2F && $0 != 0x40 })
    else { return nil }
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || isPort(rest) else { return nil }
      return authority[authority.index(after: authority.startIndex)..<end].lowercased()
    }
    guard let colon = authority.firstIndex(of: ":") else { return trimmed(authority[...]) }
    guard isPort(authority[colon...]) else { return nil }
    return trimmed(authority[..<colon])
  }

  /// A name may end with a dot.
  private static func trimmed(_ name: Substring) -> String? {
    let name = name.hasSuffix(".") ? name.dropLast() : name
    return name.isEmpty ? nil : name.lowercased()
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.first == ":" && text.utf8.count <= 6
      && text.dropFirst().utf8.allSatisfy { 0x30...0x39 ~= $0 }
  }

  private static func isAddress(_ host: String) -> Bool {
    (try? SocketAddress(ipAddress: host, port: 0)) != nil
  }
}
