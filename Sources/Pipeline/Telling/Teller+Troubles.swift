import Expressions
import Foundation
import Logging
import Notices
import Settings
import Store
import SystemPackage

// What is wrong: told once, and its end once.
extension Teller {
  /// A hiccup of the store is none.
  private static let patience: [TroubleNews.Kind: Double] = [.store: 10]

  /// Compares what is wrong with what was told.
  /// - Returns: when to look again, in seconds since 1970.
  func lookForTroubles(_ settings: LangflixSettings, _ now: Double) async -> Double {
    if known == nil, let records = try? await store.openTroubles() {
      known = Dictionary(
        records.compactMap { record in
          TroubleNews.Kind(rawValue: record.kind).map {
            (Alarms.Key(kind: $0, subject: record.subject), record)
          }
        }, uniquingKeysWith: { first, _ in first })
    }
    let wake = await lookForStandstill(settings, now)
    await lookForEnds(settings)
    return min(wake, await reconcile(settings, now))
  }

  private func reconcile(_ settings: LangflixSettings, _ now: Double) async -> Double {
    var wake = Double.infinity
    let quiet = settings.notify.gather.seconds
    for (key, standing) in alarms.standings.sorted(by: {
      $0.key.kind.rawValue < $1.key.kind.rawValue
    }) {
      switch standing {
      case .on(let reason, let since, let room):
        guard known?[key] == nil else { continue }
        let due = since + Self.patience[key.kind, default: 0]
        if due <= now {
          await begin(key, reason, since, room, now)
        } else {
          wake = min(wake, due)
        }
      case .over(let since):
        guard let record = known?[key] else { continue }
        // What comes back at once was never over.
        if since + quiet <= now {
          await end(key, record, since, now)
        } else {
          wake = min(wake, since + quiet)
        }
      }
    }
    return wake
  }

  private func begin(
    _ key: Alarms.Key, _ reason: String, _ since: Double, _ room: Alarms.Room?, _ now: Double
  ) async {
    let news = TroubleNews(kind: key.kind, subject: key.subject, reason: reason, since: since)
    let mark = room.flatMap { try? JSONEncoder().encode($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    let record = TroubleRecord(
      kind: key.kind.rawValue, subject: key.subject, since: since, reason: reason, mark: mark)
    let content = Self.json(news)
    do {
      try await store.beginTrouble(record, notice: content, now: now)
    } catch {
      // Its disk is full, as a rule: told from memory.
      tellUnwritten(content, now: now)
    }
    known = (known ?? [:]).merging([key: record]) { $1 }
  }

  private func end(
    _ key: Alarms.Key, _ record: TroubleRecord, _ endedAt: Double, _ now: Double
  ) async {
    let news = TroubleNews(
      kind: key.kind, subject: key.subject, reason: record.reason, since: record.since,
      endedAt: endedAt)
    let content = Self.json(news)
    do {
      try await store.endTrouble(
        kind: record.kind, subject: record.subject, notice: content, now: now)
    } catch {
      return
    }
    known?[key] = nil
  }

  private static func json(_ news: TroubleNews) -> String {
    // Texts and numbers only.
    (try? JSONEncoder().encode(news)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  // MARK: - What ends by itself

  /// Ends of what this run of the program has not seen begin, and what nobody is asked for any more.
  private func lookForEnds(_ settings: LangflixSettings) async {
    let providers = Set(live.pool.lanes.map(\.name))
    let libraries = Set(settings.libraries.map(\.name))
    for (key, record) in known ?? [:] {
      switch key.kind {
      case .refused: if !providers.contains(key.subject) { alarms.clear(key) }
      case .fullDisk:
        if !libraries.contains(key.subject) {
          alarms.clear(key)
        } else if gate.full[key.subject] == nil, await hasRoom(record) {
          alarms.clear(key)
        }
      case .store: if gate.standstill == nil { alarms.clear(key) }
      case .standstill: break
      }
    }
  }

  private func hasRoom(_ record: TroubleRecord) async -> Bool {
    guard let mark = record.mark,
      let room = try? JSONDecoder().decode(Alarms.Room.self, from: Data(mark.utf8))
    else { return false }
    let free = try? await disk.run { DiskSpace.free(at: FilePath(room.folder)) }
    return free.flatMap(\.self).map { $0 >= room.bytes + Conveyor.roomBytes } ?? false
  }

  // MARK: - Standstill

  private func lookForStandstill(_ settings: LangflixSettings, _ now: Double) async -> Double {
    let limit = settings.notify.standstill.seconds
    let key = Alarms.Key(kind: .standstill)
    let isDue = await isDueToMove(by: now + limit / 2)
    let moves = alarms.moves
    let silence = watch.look(moves: moves, isDue: isDue, now: waking())
    if silence >= limit {
      movesAtStandstill = moves
      alarms.raise(key, reason: await standstillReason(settings, silence))
    } else if silence == 0, known?[key] != nil || alarms.standings[key] != nil {
      // A pause is not its end; that something has moved, or that nothing is left to do, is.
      let origins = EpisodeOrigin.allCases
      let isAllDone = (try? await store.hasWork(for: origins, by: nil)) == false
      if moves > movesAtStandstill || isAllDone { alarms.clear(key) }
    }
    return now + max(0.5, min(60, limit / 10))
  }

  /// Whether there is work that neither a person nor a provider's day holds up.
  /// - Parameter time: what waits beyond it, for a budget or because a server asked for it, is no standstill.
  private func isDueToMove(by time: Double) async -> Bool {
    let lanes = await live.pool.snapshot()
    guard !lanes.contains(where: \.isDaySpent) else { return false }
    let origins = gate.origins
    guard !origins.isEmpty else { return false }
    return (try? await store.hasWork(for: origins, by: time)) ?? false
  }

  private func standstillReason(_ settings: LangflixSettings, _ silence: Double) async -> String {
    let hours = (silence / 360).rounded() / 10
    var causes = [gate.standstill?.reason].compactMap(\.self) + gate.full.values.map(\.reason)
    for (lane, snapshot) in zip(live.pool.lanes, await live.pool.snapshot()) {
      if let closure = await live.pool.closure(of: snapshot) {
        causes.append("\(lane.name): \(closure)")
      }
    }
    let because = causes.isEmpty ? "" : "; \(causes.joined(separator: "; "))"
    return
      "there are episodes to be worked on, and no step of any has ended for \(hours) hours\(because)"
  }
}
