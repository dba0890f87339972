import Expressions

/// One message, ready for any receiver.
package struct Notice: Sendable, Hashable {
  package enum Event: String, Sendable, Hashable {
    case clips, trouble, test
    case over = "trouble_over"
  }

  /// The same when the same message comes once more, which a crash at the wrong moment may cause.
  package var id: String
  package var event: Event
  /// In ISO 8601.
  package var at: String
  package var title: String
  /// Lines in plain English.
  package var text: String
  /// What programs read besides.
  package var details: [String: JSONValue]
}

extension Notice {
  /// How times are written.
  package struct Times: Sendable {
    /// For programs, in ISO 8601.
    package var exact: @Sendable (Double) -> String
    /// For people: "30 Nov 18:24".
    package var short: @Sendable (Double) -> String

    package init(
      exact: @escaping @Sendable (Double) -> String, short: @escaping @Sendable (Double) -> String
    ) {
      self.exact = exact
      self.short = short
    }
  }

  /// - Parameter episodes: at least one.
  package init(clips episodes: [ClipNews], id: String, at now: Double, times: Times) {
    let episodes = Self.merged(episodes)
    let count = episodes.map(\.clips).reduce(0, +)
    let clips = Self.counted(count, "new clip")
    let lines = episodes.prefix(Self.mostLines).map {
      "\(Self.line($0.name)): \(Self.counted($0.clips, "clip"))"
    }
    let rest = episodes.dropFirst(Self.mostLines)
    let more = rest.isEmpty ? [] : ["and \(Self.counted(rest.count, "more episode"))"]
    self.init(
      id: id, event: .clips, at: times.exact(now),
      title: episodes.count == 1
        ? "\(clips): \(Self.line(episodes[0].name))" : "\(clips) of \(episodes.count) episodes",
      text: (lines + more).joined(separator: "\n"),
      details: [
        "episodes": .array(
          episodes.map {
            [
              "id": .number(Double($0.episode)), "name": .string($0.name),
              "library": .string($0.library), "clips": .number(Double($0.clips)),
              "folder": .string($0.folder),
            ]
          })
      ])
  }

  package init(trouble: TroubleNews, id: String, at now: Double, times: Times) {
    let isOver = trouble.endedAt != nil
    let (title, text) =
      isOver ? Self.relief(trouble, times) : Self.complaint(trouble, times)
    self.init(
      id: id, event: isOver ? .over : .trouble, at: times.exact(now), title: title,
      text: text,
      details: [
        "trouble": [
          "kind": .string(trouble.kind.rawValue), "subject": .string(trouble.subject),
          "reason": .string(trouble.reason), "since": .string(times.exact(trouble.since)),
          "ended_at": trouble.endedAt.map { .string(times.exact($0)) } ?? .null,
        ]
      ])
  }

  /// What `langflix notify test` sends.
  package static func test(at now: Double, times: Times) -> Notice {
    Notice(
      id: "test-\(Int64(now))", event: .test, at: times.exact(now), title: "langflix can reach you",
      text: "This is a test: new clips, and what is wrong, will be told here.", details: [:])
  }

  /// An episode whose clips came in several parts is one.
  private static func merged(_ episodes: [ClipNews]) -> [ClipNews] {
    var merged: [ClipNews] = []
    for news in episodes {
      if let index = merged.firstIndex(where: { $0.episode == news.episode }) {
        merged[index].clips += news.clips
      } else {
        merged.append(news)
      }
    }
    return merged
  }

  private static func complaint(_ trouble: TroubleNews, _ times: Times) -> (String, String) {
    let subject = line(trouble.subject)
    let reason = sentence(trouble.reason)
    switch trouble.kind {
    case .refused:
      return (
        "\(subject) refuses: check its key",
        """
        \(reason)
        Episodes wait until that is mended. After a change of key or settings run langflix reload (of a credential or a \
        variable: a restart); langflix llm check says what the provider answers.
        """
      )
    case .fullDisk:
      return (
        "No room for the clips of library \(subject)",
        "\(reason)\nThey wait for room; make some, and work goes on by itself."
      )
    case .store: return ("Work stands still: the store can't be written", reason)
    case .standstill:
      return (
        "Nothing has moved since \(times.short(trouble.since))",
        "\(reason)\nlangflix status says what each episode waits for."
      )
    }
  }

  private static func relief(_ trouble: TroubleNews, _ times: Times) -> (String, String) {
    let subject = line(trouble.subject)
    let title =
      switch trouble.kind {
      case .refused: "\(subject) refuses no more"
      case .fullDisk: "There is room for the clips of library \(subject) again"
      case .store: "The store can be written again"
      case .standstill: "Work moves again"
      }
    let end = trouble.endedAt ?? trouble.since
    return (
      title, "It was so from \(times.short(trouble.since)) to \(times.short(end)). Work goes on."
    )
  }

  // MARK: - Words

  private static let mostLines = 12

  private static func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  /// Names come from files and servers: without what breaks a line or hides something in it.
  private static func line(_ text: String, limit: Int = 300) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: " "
      default: scalar
      }
    }
    return TextLimit.cut(String(String.UnicodeScalarView(scalars)), toUTF8: limit)
  }

  private static func sentence(_ text: String) -> String {
    let text = line(text, limit: 1_000)
    guard let first = text.first, let last = text.last else { return "No reason was given." }
    return first.uppercased() + text.dropFirst() + (".!?…".contains(last) ? "" : ".")
  }
}
