import Notices
import Settings
import Store
import SystemPackage

/// Everybody who is told something, under one configuration.
struct Audience: Sendable {
  enum Member: Sendable {
    case receiver(Receiver)
    case server(MediaServer)

    /// What it was told is remembered by this name.
    var name: String {
      switch self {
      case .receiver(let receiver): receiver.name
      case .server(let server): server.kind.rawValue
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
        .map { ToldMark(receiver: member.name, topic: $0) }
    }
  }

  func listens(to topic: NoticeRecord.Topic) -> Bool { marks.contains { $0.topic == topic } }
}
