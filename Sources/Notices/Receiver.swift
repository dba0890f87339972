import Expressions
import Settings

/// Somebody who is told: what a message looks like there, and what an answer means.
package struct Receiver: Sendable {
  /// Its place among those of its kind: "ntfy", "ntfy-2".
  package let name: String
  package let address: ReceiverAddress

  package static func all(of addresses: [ReceiverAddress]) -> [Receiver] {
    var counts: [ReceiverAddress.Kind: Int] = [:]
    return addresses.map { address in
      let number = counts[address.kind, default: 0] + 1
      counts[address.kind] = number
      return Receiver(
        name: address.kind.rawValue + (number == 1 ? "" : "-\(number)"), address: address)
    }
  }

  package func call(for notice: Notice) -> Call {
    switch address.kind {
    case .webhook: post(webhook(notice), to: address.url.value)
    case .discord: post(discord(notice), to: address.url.value)
    case .ntfy: post(ntfy(notice), to: base)
    }
  }

  /// Why a message was not taken, and how to mend it.
  package func refusal(_ answer: CallAnswer) -> String {
    "\(address.server) answered with status \(answer.status); \(mend(answer))"
  }

  private func mend(_ answer: CallAnswer) -> String {
    switch (answer.status, address.kind) {
    case (300...399, _): return Refusal.moved(answer)
    case (401, .ntfy), (403, .ntfy):
      return
        "give a token or a password that may write to the topic: ntfy+https://:TOKEN@host/topic"
    case (401, .discord), (403, .discord), (404, .discord):
      return "the webhook is gone: make another one in the channel's settings, under Integrations"
    case (401, _), (403, _):
      return
        "give what it wants to know you by: https://user:password@host/…, or https://:TOKEN@host/…"
    case (404, _), (410, _): return "check the address in notify.url"
    case (405, _): return "nothing there takes a POST: check the address in notify.url"
    case (429, _): return "it has had too many messages; it is tried again later"
    case (500..., _): return "look at that server's log"
    default: return "check that notify.url names what is really there: ntfy+, discord+ or webhook+"
    }
  }

  private func post(_ body: JSONValue, to url: String) -> Call {
    Call("POST", url, credentials: address.credentials, body: body)
  }
}

/// Words that receivers and media servers share.
enum Refusal {
  /// A redirect could carry what is told to another host.
  static func moved(_ answer: CallAnswer) -> String {
    let target = answer.location.flatMap { location in
      // What comes after the host may be a secret.
      location.contains("://")
        ? location.split(separator: "/").prefix(2).joined(separator: "//") : nil
    }
    return
      "it sends on to \(target ?? "another address"), and langflix does not follow: write the final address"
  }
}

// MARK: - A webhook of one's own

extension Receiver {
  /// Documented in docs/notifications.md; fields may be added, none changes its meaning within a version.
  private func webhook(_ notice: Notice) -> JSONValue {
    let common: [String: JSONValue] = [
      "version": 1, "id": .string(notice.id), "event": .string(notice.event.rawValue),
      "at": .string(notice.at), "title": .string(notice.title), "message": .string(notice.text),
    ]
    return .object(common.merging(notice.details) { first, _ in first })
  }
}

// MARK: - ntfy

extension Receiver {
  private var topic: String { String(address.url.value.split(separator: "/").last ?? "") }

  /// JSON is published at the address before the topic.
  private var base: String { String(address.url.value.dropLast(topic.utf8.count)) }

  private func ntfy(_ notice: Notice) -> JSONValue {
    let (priority, tag): (Int, String) =
      switch notice.event {
      case .clips: (3, "clapper")
      case .trouble: (4, "warning")
      case .over: (3, "white_check_mark")
      case .test: (3, "wave")
      }
    return [
      "topic": .string(topic), "title": .string(TextLimit.cut(notice.title, toUTF8: 240)),
      // Beyond 4,096 bytes it would become a file.
      "message": .string(TextLimit.cut(notice.text, toUTF8: 3_800)),
      "priority": .number(Double(priority)), "tags": [.string(tag)],
    ]
  }
}

// MARK: - Discord

extension Receiver {
  /// No link is looked up by Discord for a preview.
  private static let suppressesPreviews = 4

  private func discord(_ notice: Notice) -> JSONValue {
    let text = "**\(Self.escaped(notice.title))**\n\(Self.escaped(notice.text))"
    return [
      "content": .string(TextLimit.cut(text, toUTF16: 2_000)),
      // A name such as "@everyone" calls nobody.
      "allowed_mentions": ["parse": []],
      "flags": .number(Double(Self.suppressesPreviews)),
    ]
  }

  /// Names are shown as they are: what Markdown would read gets a backslash.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if #"\*_~`|>#[]()<"#.contains(character) { result += "\\" }
      result.append(character)
    }
  }
}
