import Notices
import Settings
import Store
import SystemPackage

/// Everybody who is told something, under one configuration.
struct Audience: Sendable {
  enum Member: Sendable {
    case receiver(Receiver)
    case server(MediaServer)

    /// What people know it by; it changes with its place in the list.
    var name: String {
      switch self {
      case .receiver(let receiver): receiver.name
      case .server(let server): server.kind.rawValue
      }
    }

    /// What it was told is remembered by this, whoever else is listed.
    var key: String {
      switch self {
      case .receiver(let receiver):
        // FNV-1a: the address itself is a secret.
        let hash = receiver.address.url.value.utf8.reduce(UInt32(2_166_136_261)) {
          ($0 ^ UInt32($1)) &* 16_777_619
        }
        return "\(receiver.address.kind.rawValue) \(String(hash, radix: 16))"
      case .server(let server): return server.kind.rawValue
      }
    }

    /// Host and port, which may be shown.
    var place: String {
      switch self {
      case .receiver(let receiver): receiver.address.server
      case .server(let server): server.server
      }
    }
  }

  let members: [Member]
  private let tellsClips: Bool

  init(_ settings: LangflixSettings) {
    members =
      Receiver.all(of: settings.notify.receivers).map { .receiver($0) }
      + MediaServer.all(of: settings).map { .server($0) }
    tellsClips = settings.notify.clips == .on
  }

  func hears(_ topic: NoticeRecord.Topic, _ member: Member) -> Bool {
    switch member {
    case .receiver: topic == .trouble || tellsClips
    case .server: topic == .clips
    }
  }

  var marks: [ToldMark] {
    members.flatMap { member in
      NoticeRecord.Topic.allCases.filter { hears($0, member) }
        .map { ToldMark(receiver: member.key, topic: $0) }
    }
  }

  func listens(to topic: NoticeRecord.Topic) -> Bool { marks.contains { $0.topic == topic } }
}
