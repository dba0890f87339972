/// Where a message goes: an http or https address, which is a secret, for who has it can write there or read along.
///
/// "ntfy+", "discord+" or "webhook+" before it says what is there; else its host does. What stands before an '@' is
/// sent as credentials: "user:password", or ":token".
package struct ReceiverAddress: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable { case webhook, ntfy, discord }

  package enum Credentials: Sendable, Equatable {
    case bearer(Secret)
    case basic(user: String, password: Secret)
  }

  package var kind: Kind
  /// With its query, without credentials.
  package var url: Secret
  package var credentials: Credentials?
  /// Host and port, which may be shown.
  package var server: String

  private static let mostBytes = 2_000

  /// Nil for what is no such address.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.mostBytes, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      return nil
    }
    var rest = text[...]
    let named = Kind.allCases.first { text.lowercased().hasPrefix("\($0.rawValue)+") }
    if let named { rest = rest.dropFirst(named.rawValue.count + 1) }
    guard let scheme = ["http", "https"].first(where: { rest.lowercased().hasPrefix("\($0)://") })
    else { return nil }
    rest = rest.dropFirst(scheme.count + 3)
    let authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest[authority.endIndex...]
    let query = tail.firstIndex(of: "?").map { tail[$0...] } ?? ""
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
    guard !tail.contains("#"),
      let plain = BaseURL.normalized(
        "\(scheme)://\(place ?? authority)\(tail.prefix { $0 != "?" })"),
      let host = BaseURL.host(of: plain), let server = Self.server(of: plain)
    else { return nil }
    if let place {
      guard let credentials = Self.credentials(authority[..<place.startIndex].dropLast()) else {
        return nil
      }
      self.credentials = credentials
    }
    let path = plain.dropFirst(scheme.count + 3 + server.count)
    kind = named ?? Self.kind(host: host, path: path)
    // Its last part is the topic, and messages are published at what is before it.
    guard kind != .ntfy || Self.isTopic(path.drop { $0 == "/" }) && query.isEmpty else {
      return nil
    }
    // Some servers take a POST only at an address that ends so.
    let slash =
      kind != .ntfy && !path.isEmpty && tail.prefix { $0 != "?" }.hasSuffix("/") ? "/" : ""
    url = Secret(plain + slash + query)
    self.server = server
  }

  private static func kind(host: String, path: Substring) -> Kind {
    if host == "ntfy.sh" { return .ntfy }
    let isDiscord = ["discord.com", "discordapp.com"].contains {
      host == $0 || host.hasSuffix(".\($0)")
    }
    return isDiscord && path.hasPrefix("/api/") ? .discord : .webhook
  }

  private static func server(of url: String) -> String? {
    url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).dropFirst().first
      .map { String($0) }
  }

  private static func isTopic(_ text: Substring) -> Bool {
    let topic = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return 1...64 ~= topic.utf8.count
      && topic.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }

  private static func credentials(_ text: Substring) -> Credentials? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let user = decoded(parts[0]), let password = decoded(parts[1]),
      !password.isEmpty
    else { return nil }
    if user.isEmpty {
      guard password.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
      return .bearer(Secret(password))
    }
    return .basic(user: user, password: Secret(password))
  }

  /// What "%40" and the like stand for.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let digits = Optional(rest.prefix(2)), digits.count == 2,
        let value = UInt8(String(Substring(digits)), radix: 16), value >= 0x20
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension ReceiverAddress {
  /// What must show in no log: the address, and its parts that nobody could guess.
  package var secrets: [String] {
    var secrets = [url.value]
    // A topic may be an ordinary word.
    let parts = url.value.dropFirst(8).split { "/?&=".contains($0) }.dropFirst()
    secrets += parts.filter { $0.utf8.count >= 16 }.map { String($0) }
    switch credentials {
    case .bearer(let token): secrets.append(token.value)
    case .basic(_, let password): secrets.append(password.value)
    case nil: break
    }
    return secrets
  }
}
