import SystemPackage

/// Where the dashboard listens, and who may do what there.
package struct DashboardSettings: Sendable, Equatable {
  package var enabled: Toggle
  package var listen: ListenAddress
  /// The file that holds the token.
  package var tokenFile: FilePath?
  /// What people sign in with and programs send along; nil for none.
  package var token: Secret?
  /// Names under which browsers may reach it besides its own; "*" for any.
  package var hosts: [String]

  package init(
    enabled: Toggle = .on, listen: ListenAddress = .init(host: "127.0.0.1", port: 8080),
    tokenFile: FilePath? = nil, token: Secret? = nil, hosts: [String] = []
  ) {
    self.enabled = enabled
    self.listen = listen
    self.tokenFile = tokenFile
    self.token = token
    self.hosts = hosts
  }
}

/// An address and a port, written "127.0.0.1:8080" or "[::1]:8080".
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
  /// An IP address or a name, without brackets.
  package var host: String
  /// 0 lets the system choose one.
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Nil for what is no address with a port.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    var host = text[..<colon]
    let digits = text[text.index(after: colon)...]
    guard 1...5 ~= digits.utf8.count, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let port = Int(digits), port <= 65_535
    else { return nil }
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":"), host.utf8.allSatisfy(Self.isOfIPv6) else { return nil }
    } else if !host.utf8.allSatisfy(Self.isOfName) {
      return nil
    }
    guard 1...253 ~= host.utf8.count else { return nil }
    self.init(host: String(host), port: port)
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    host == "::1" || host.lowercased() == "localhost"
      || host.hasPrefix("127.")
        && host.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2E }
  }

  private static func isOfIPv6(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
    default: false
    }
  }

  static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }
}
