/// The address that a provider's requests start with.
enum BaseURL {
  private static let mostBytes = 1_000

  /// With scheme and host in lower case and no slash at its end.
  ///
  /// Nil when it is not http or https, has no host, or holds what would change the meaning of what is
  /// appended to it: a name with a password, a query or a fragment.
  static func normalized(_ text: String) -> String? {
    guard text.utf8.count <= mostBytes, let parts = Parts(text) else { return nil }
    var path = parts.path
    while path.last == "/" { path.removeLast() }
    return "\(parts.scheme)://\(parts.host)\(parts.port.map { ":\($0)" } ?? "")\(path)"
  }

  static func host(of text: String) -> String? { Parts(text)?.host }

  private struct Parts {
    var scheme: String
    var host: String
    var port: Int?
    var path: Substring

    init?(_ text: String) {
      guard
        let scheme = ["http", "https"].first(where: { text.lowercased().hasPrefix("\($0)://") })
      else { return nil }
      let rest = text.dropFirst(scheme.count + 3)
      let authority = rest.prefix { $0 != "/" }
      path = rest[authority.endIndex...]
      guard path.utf8.allSatisfy({ 0x21...0x7E ~= $0 && !#"?#\"<>^`{|}"#.utf8.contains($0) })
      else { return nil }
      let portStart = Self.portStart(authority)
      if let portStart {
        let digits = authority[authority.index(after: portStart)...]
        guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let port = Int(digits),
          1...65_535 ~= port
        else { return nil }
        self.port = port
      }
      let host = authority[..<(portStart ?? authority.endIndex)].lowercased()
      guard Self.isHost(host) else { return nil }
      self.scheme = scheme
      self.host = host
    }

    /// Where the colon before the port stands; those of an IPv6 address are within brackets.
    private static func portStart(_ authority: Substring) -> Substring.Index? {
      let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
      return authority[bracket...].lastIndex(of: ":")
    }

    private static func isHost(_ host: String) -> Bool {
      if host.hasPrefix("["), host.hasSuffix("]") {
        return host.count > 3
          && host.dropFirst().dropLast().allSatisfy {
            $0.isASCII && ($0.isHexDigit || ":.".contains($0))
          }
      }
      return !host.isEmpty
        && host.utf8.allSatisfy {
          switch $0 {
          case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
          default: false
          }
        }
    }
  }
}
