import Dispatch
import Foundation
import GRDB
import SystemPackage

/// The SQLite file in a package: a collection of Anki's schema 11, which every version of Anki reads.
enum AnkiCollection {
  static let fileName = "collection.anki2"

  /// GRDB's threads want to be of a higher class than others; where the kernel does not let them, each complains on
  /// standard error.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.qos = .default
    return configuration
  }

  /// - Parameters:
  ///   - file: where there is none yet.
  ///   - deck: its name, with "::" between a deck and one in it.
  ///   - now: seconds since 1970.
  static func write(_ rows: [AnkiRow], deck: String, to file: FilePath, now: Int64) throws {
    let queue = try DatabaseQueue(path: file.string, configuration: configuration)
    defer { try? queue.close() }
    let deckNumber = AnkiIdentity.number("deck " + deck)
    // As one file, without a journal beside it.
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
      try database.inTransaction {
        try database.execute(sql: schema)
        try addCollection(deck, deckNumber, database, now)
        try add(rows, deckNumber, database)
        return .commit
      }
    }
  }

  /// Our notes of a collection that was written before, by their guid; none of one that can't be read.
  static func notes(in file: FilePath) -> [String: (content: String, modified: Int64)] {
    var configuration = configuration
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: file.string, configuration: configuration) else {
      return [:]
    }
    defer { try? queue.close() }
    let rows = try? queue.read { database in
      try Row.fetchAll(
        database, sql: "SELECT guid, flds, tags, mod FROM notes WHERE mid = ?",
        arguments: [AnkiNoteType.number])
    }
    var notes: [String: (content: String, modified: Int64)] = [:]
    for row in rows ?? [] {
      let (guid, fields, tags): (String, String, String) = (row["guid"], row["flds"], row["tags"])
      notes[guid] = (content: "\(fields)\u{1f}\(tags)", modified: row["mod"])
    }
    return notes
  }

  private static func addCollection(
    _ deck: String, _ deckNumber: Int64, _ database: Database, _ now: Int64
  ) throws {
    let decks: [String: Any] = [
      "1": description(of: "Default", 1, now),
      "\(deckNumber)": description(of: deck, deckNumber, now),
    ]
    let models = ["\(AnkiNoteType.number)": AnkiNoteType.json(deck: deckNumber)]
    try database.execute(
      sql: "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
      arguments: [
        now - now % 86_400, now * 1_000, now * 1_000,
        try json(["nextPos": 1, "curDeck": deckNumber, "activeDecks": [deckNumber]]),
        try json(models), try json(decks), try json(["1": options]),
      ])
  }

  private static func add(_ rows: [AnkiRow], _ deck: Int64, _ database: Database) throws {
    let note = try database.makeStatement(
      sql: "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')")
    let card = try database.makeStatement(
      sql: "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')")
    var taken: Set<Int64> = []
    func free(_ text: String) -> Int64 {
      var number = AnkiIdentity.number(text)
      while !taken.insert(number).inserted { number += 1 }
      return number
    }
    for (place, row) in rows.enumerated() {
      let number = free("note " + row.guid)
      try note.execute(arguments: [
        number, row.guid, AnkiNoteType.number, row.modified, row.tags,
        row.fields.joined(separator: "\u{1f}"), row.fields[0],
        AnkiIdentity.checksum(row.fields[0]),
      ])
      for ordinal in AnkiNoteType.cards.indices {
        // A listening card without sound would be empty.
        if ordinal == 1, row.fields[AnkiNoteType.soundField].isEmpty { continue }
        try card.execute(arguments: [
          free("card \(ordinal) " + row.guid), number, deck, ordinal, row.modified, place + 1,
        ])
      }
    }
  }

  private static func json(_ value: Any) throws -> String {
    String(
      decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys),
      as: UTF8.self)
  }

  private static func description(of deck: String, _ number: Int64, _ now: Int64) -> [String: Any] {
    [
      "id": number, "name": deck, "mod": now, "usn": -1, "desc": "", "dyn": 0, "conf": 1,
      "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0,
      "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
    ]
  }

  private static var options: [String: Any] {
    [
      "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "timer": 0, "autoplay": true,
      "replayq": true, "dyn": false,
      "new": [
        "delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2_500, "perDay": 20, "order": 1,
        "bury": true, "separate": true,
      ] as [String: Any],
      "rev": [
        "perDay": 200, "ease4": 1.3, "fuzz": 0.05, "maxIvl": 36_500, "ivlFct": 1, "bury": true,
        "minSpace": 1,
      ] as [String: Any],
      "lapse": [
        "delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0,
      ] as [String: Any],
    ]
  }

  private static let schema = """
    CREATE TABLE col (
      id INTEGER PRIMARY KEY, crt INTEGER NOT NULL, mod INTEGER NOT NULL, scm INTEGER NOT NULL,
      ver INTEGER NOT NULL, dty INTEGER NOT NULL, usn INTEGER NOT NULL, ls INTEGER NOT NULL,
      conf TEXT NOT NULL, models TEXT NOT NULL, decks TEXT NOT NULL, dconf TEXT NOT NULL,
      tags TEXT NOT NULL
    );
    CREATE TABLE notes (
      id INTEGER PRIMARY KEY, guid TEXT NOT NULL, mid INTEGER NOT NULL, mod INTEGER NOT NULL,
      usn INTEGER NOT NULL, tags TEXT NOT NULL, flds TEXT NOT NULL, sfld INTEGER NOT NULL,
      csum INTEGER NOT NULL, flags INTEGER NOT NULL, data TEXT NOT NULL
    );
    CREATE TABLE cards (
      id INTEGER PRIMARY KEY, nid INTEGER NOT NULL, did INTEGER NOT NULL, ord INTEGER NOT NULL,
      mod INTEGER NOT NULL, usn INTEGER NOT NULL, type INTEGER NOT NULL, queue INTEGER NOT NULL,
      due INTEGER NOT NULL, ivl INTEGER NOT NULL, factor INTEGER NOT NULL, reps INTEGER NOT NULL,
      lapses INTEGER NOT NULL, left INTEGER NOT NULL, odue INTEGER NOT NULL, odid INTEGER NOT NULL,
      flags INTEGER NOT NULL, data TEXT NOT NULL
    );
    CREATE TABLE revlog (
      id INTEGER PRIMARY KEY, cid INTEGER NOT NULL, usn INTEGER NOT NULL, ease INTEGER NOT NULL,
      ivl INTEGER NOT NULL, lastIvl INTEGER NOT NULL, factor INTEGER NOT NULL,
      time INTEGER NOT NULL, type INTEGER NOT NULL
    );
    CREATE TABLE graves (usn INTEGER NOT NULL, oid INTEGER NOT NULL, type INTEGER NOT NULL);
    CREATE INDEX ix_notes_usn ON notes (usn);
    CREATE INDEX ix_cards_usn ON cards (usn);
    CREATE INDEX ix_revlog_usn ON revlog (usn);
    CREATE INDEX ix_cards_nid ON cards (nid);
    CREATE INDEX ix_cards_sched ON cards (did, queue, due);
    CREATE INDEX ix_revlog_cid ON revlog (cid);
    CREATE INDEX ix_notes_csum ON notes (csum);
    """
}
