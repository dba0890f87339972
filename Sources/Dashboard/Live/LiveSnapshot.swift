import NIOCore

/// The live parts of the overview at one moment, written once for all who watch.
struct LiveSnapshot: Sendable {
  /// A part of the page, and when it last changed.
  struct Section: Sendable {
    var html: String
    var version: Int
  }

  var version = 0
  var sections: [Language: [String: Section]] = [:]
  /// The overview as JSON, and when it last changed.
  var json = ""
  var jsonVersion = 0

  /// What is not equal to what was there gets the next version.
  mutating func update(sections new: [Language: [String: String]], json: String) {
    let next = version + 1
    for (language, parts) in new {
      for (name, html) in parts where sections[language]?[name]?.html != html {
        sections[language, default: [:]][name] = Section(html: html, version: next)
        version = next
      }
    }
    if json != self.json {
      self.json = json
      jsonVersion = next
      version = next
    }
  }

  /// An event with the sections that are newer than a version; nil when there is none.
  func sectionsEvent(_ language: Language, since seen: Int) -> ByteBuffer? {
    let newer = (sections[language] ?? [:]).filter { $0.value.version > seen }.mapValues(\.html)
    guard !newer.isEmpty, let bytes = try? JSONResponse.bytes(newer) else { return nil }
    return Self.event("sections", String(decoding: bytes, as: UTF8.self))
  }

  func overviewEvent(since seen: Int) -> ByteBuffer? {
    jsonVersion > seen ? Self.event("overview", json) : nil
  }

  /// JSON holds no line ends, so one line of data is enough.
  private static func event(_ name: String, _ data: String) -> ByteBuffer {
    ByteBuffer(string: "event: \(name)\ndata: \(data)\n\n")
  }
}
