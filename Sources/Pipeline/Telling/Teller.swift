import Foundation
import LanguageModels
import Logging
import Notices
import ServiceLifecycle
import Settings
import Store
import Synchronization
import SystemPackage

/// Tells people of new clips and of what is wrong, and has media servers look for the clips.
///
/// What is to be told is a row before it is sent, so that nothing is forgotten over a restart. A message comes once;
/// only where its answer is lost, by a kill or a time-out, it comes again, and clips then maybe with later ones.
/// Work never waits for any of this. A receiver that can't be reached is tried again for a day and costs one line of
/// the log.
actor Teller: Service {
  let store: EpisodeStore
  let alarms: Alarms
  let live: LiveParts
  let gate: WorkGate
  let disk: BlockingQueue
  let logger: Logger
  private let firstWait: Double
  /// Seconds of a clock that stands still while the machine sleeps.
  let waking: @Sendable () -> Double
  private let isStopping = Mutex(false)

  /// What was told of, and its end not yet.
  var known: [Alarms.Key: TroubleRecord]?
  /// What could not be written down because the store's disk is full, with numbers of its own.
  private var unwritten: [NoticeRecord] = []
  /// Kept here too, for a full disk takes no row.
  private var told: [ToldMark: Int64]?
  private var outages: [String: Outage] = [:]
  private var client: (settings: NotifySettings, client: HTTPClient)?
  /// Whether those were forgotten that were on the list before this start.
  private var isTidied = false
  private var formerServers: [MediaServerSettings] = []
  private var audience = Audience(LangflixSettings(stateFolder: "/"))
  var watch = StandstillWatch()
  /// `Alarms.moves` when a standstill was seen; none of a run before this one.
  var movesAtStandstill = 0

  /// - Parameters:
  ///   - firstWait: before a receiver is tried again, in seconds.
  ///   - waking: seconds of a clock that stands still while the machine sleeps.
  init(
    workshop: Workshop, firstWait: Double = 10, waking: (@Sendable () -> Double)? = nil
  ) {
    let start = SuspendingClock.now
    self.waking = waking ?? { (SuspendingClock.now - start).seconds }
    store = workshop.store
    alarms = workshop.alarms
    live = workshop.live
    gate = workshop.steps.gate
    disk = BlockingQueue(label: "langflix.telling")
    logger = workshop.logger
    self.firstWait = firstWait
  }

  nonisolated func run() async {
    await withGracefulShutdownHandler {
      while !isStopping.withLock({ $0 }), !Task.isCancelled {
        let wake = await turn(now: EpisodeSteps.now)
        guard !isStopping.withLock({ $0 }) else { break }
        await alarms.bell.wait(atMost: wake.map { .seconds(max(0.2, $0 - EpisodeSteps.now)) })
      }
    } onGracefulShutdown: {
      self.isStopping.withLock { $0 = true }
      self.alarms.bell.ring()
    }
    await close()
  }

  func close() {
    client?.client.close()
    client = nil
  }

  /// Tells what is due.
  /// - Returns: when to look again, in seconds since 1970; nil when nobody is to be told anything.
  func turn(now: Double) async -> Double? {
    let settings = live.settings
    follow(settings)
    if !isTidied {
      // Who was taken off the list is new where he comes back: he is told what comes then.
      isTidied = (try? await store.forgetReceivers(but: audience.members.map(\.key))) != nil
    }
    guard !audience.members.isEmpty else { return nil }
    do {
      try await store.beginTelling(audience.marks.filter { told?[$0] == nil })
      if told == nil { told = try await store.told() }
      for mark in audience.marks where told?[mark] == nil {
        told?[mark] = try await store.told()[mark]
      }
    } catch {
      // The conveyor's trouble, and told from memory below.
    }
    var wake = now + Self.pace
    if audience.listens(to: .trouble) {
      wake = min(wake, await lookForTroubles(settings, now))
    }
    wake = min(wake, await tellAll(settings, now))
    return max(wake, now)
  }

  private static let pace = 60.0
  /// Nothing is told any more that is older.
  private static let longestWait = 86_400.0

  private func follow(_ settings: LangflixSettings) {
    audience = Audience(settings)
    let servers = [settings.jellyfin, settings.plex]
    if servers != formerServers {
      formerServers = servers
      for name in outages.keys { outages[name]?.tryAgain() }
    }
    guard client?.settings != settings.notify else { return }
    client?.client.close()
    client = (settings.notify, Messenger.client(settings.notify))
    for name in outages.keys { outages[name]?.tryAgain() }
  }

  // MARK: - Sending

  private struct Job: Sendable {
    var member: Audience.Member
    var topic: NoticeRecord.Topic
    var notices: [NoticeRecord]
  }

  private func tellAll(_ settings: LangflixSettings, _ now: Double) async -> Double {
    var wake = Double.infinity
    let pending = await self.pending(now)
    guard !pending.isEmpty else { return wake }
    let gathering = Gathering(quiet: settings.notify.gather.seconds)
    let isBusy = await isBusy(by: now + gathering.quiet)
    var jobs: [Job] = []
    for member in audience.members {
      let outage = outages[member.key] ?? Outage(firstWait: firstWait)
      for topic in [NoticeRecord.Topic.trouble, .clips] where audience.hears(topic, member) {
        let mark = ToldMark(receiver: member.key, topic: topic)
        let new = pending.filter { $0.topic == topic && isNew($0, to: mark) }
        guard let first = new.first, let last = new.last else { continue }
        var due = outage.until
        if topic == .clips {
          due = max(
            due,
            gathering.due(first: min(first.at, now), last: min(last.at, now), moreIsComing: isBusy))
        }
        guard due <= now else {
          wake = min(wake, due)
          continue
        }
        // One message after the other; clips are one message.
        jobs.append(Job(member: member, topic: topic, notices: topic == .clips ? new : [first]))
        wake = min(wake, now)
        break
      }
    }
    await send(jobs, now)
    return wake
  }

  private func send(_ jobs: [Job], _ now: Double) async {
    guard let client = client?.client else { return }
    let messenger = Messenger(transport: client)
    await withTaskGroup(of: (Job, (any Error)?).self) { group in
      for job in jobs {
        group.addTask {
          do {
            try await Self.perform(job, messenger, now)
            return (job, nil)
          } catch {
            return (job, error)
          }
        }
      }
      for await (job, failure) in group { await settle(job, failure, now) }
    }
  }

  private static func perform(
    _ job: Job, _ messenger: Messenger, _ now: Double
  ) async throws {
    guard let last = job.notices.last else { return }
    let decoder = JSONDecoder()
    switch job.topic {
    case .clips:
      let news = job.notices.compactMap {
        try? decoder.decode(ClipNews.self, from: Data($0.content.utf8))
      }
      switch job.member {
      case .receiver(let receiver):
        guard !news.isEmpty else { return }
        try await messenger.tell(
          receiver, Notice(clips: news, id: "clips-\(last.id)", at: now, times: .here))
      case .server(let server):
        let folders = news.compactMap { $0.lookedThrough.map { FilePath($0) } }
        if !folders.isEmpty { try await messenger.refresh(server, folders) }
      }
    case .trouble:
      guard case .receiver(let receiver) = job.member,
        let news = try? decoder.decode(TroubleNews.self, from: Data(last.content.utf8))
      else { return }
      let id =
        last.id < unwrittenStart
        ? "trouble-\(last.id)" : "trouble-\(news.kind.rawValue)-\(Int64(news.since))"
      try await messenger.tell(receiver, Notice(trouble: news, id: id, at: now, times: .here))
    }
  }

  private func settle(_ job: Job, _ failure: (any Error)?, _ now: Double) async {
    let name = job.member.name
    let key = job.member.key
    var outage = outages[key] ?? Outage(firstWait: firstWait)
    defer { outages[key] = outage }
    let metadata: Logger.Metadata = ["receiver": "\(name)", "server": "\(job.member.place)"]
    if let failure {
      guard !(failure is CancellationError) else { return }
      let asked = (failure as? Messenger.Failure)?.retryAfter
      if outage.failed(at: now, asked: asked) {
        logger.warning(
          "not told yet; tried again by itself for a day",
          metadata: metadata.merging(["reason": "\(failure)"]) { $1 })
      }
      return
    }
    if outage.succeeded() { logger.notice("told again", metadata: metadata) }
    if let last = job.notices.last {
      await remember(ToldMark(receiver: key, topic: job.topic), last)
    }
  }

  // MARK: - What is to be told

  /// Numbers of what stands in no row come after all others.
  private static let unwrittenStart = Int64.max / 2

  private func isNew(_ notice: NoticeRecord, to mark: ToldMark) -> Bool {
    if notice.id >= Self.unwrittenStart {
      return notice.id > unwrittenTold[mark.receiver, default: 0]
    }
    // A receiver that has no place yet begins with what comes next.
    return notice.id > told?[mark] ?? .max
  }

  private var unwrittenTold: [String: Int64] = [:]

  private func pending(_ now: Double) async -> [NoticeRecord] {
    let cut = now - Self.longestWait
    // For each place apart: what one was told already must not fill up what is read for another.
    let places = Set(
      audience.marks.compactMap { mark in
        told?[mark].map { Place(topic: mark.topic, through: $0) }
      })
    var found: [Int64: NoticeRecord] = [:]
    for place in places {
      let notices = try? await store.notices(of: place.topic, after: place.through, since: cut)
      for notice in notices ?? [] { found[notice.id] = notice }
    }
    // By number, for that is what is remembered; what was never written stands among them by its time.
    var memory = unwritten.filter { $0.at > cut }[...]
    var all: [NoticeRecord] = []
    for notice in found.values.sorted(by: { $0.id < $1.id }) {
      while let next = memory.first, next.at < notice.at { all.append(memory.removeFirst()) }
      all.append(notice)
    }
    return all + memory
  }

  private struct Place: Hashable {
    var topic: NoticeRecord.Topic
    var through: Int64
  }

  private func remember(_ mark: ToldMark, _ notice: NoticeRecord) async {
    guard notice.id < Self.unwrittenStart else {
      unwrittenTold[mark.receiver] = notice.id
      return
    }
    told?[mark] = notice.id
    // Where it can't be written, it is again with the next one; a restart before that tells it once more.
    try? await store.recordTold(mark, through: notice.id)
  }

  /// Has something told that can't be written down.
  func tellUnwritten(_ content: String, now: Double) {
    let id = (unwritten.last?.id ?? Self.unwrittenStart) + 1
    unwritten.append(NoticeRecord(id: id, topic: .trouble, at: now, content: content))
    unwritten.removeFirst(max(0, unwritten.count - 16))
  }

  private func isBusy(by time: Double) async -> Bool {
    guard gate.standstill == nil else { return false }
    return (try? await store.hasWork(for: gate.origins, by: time)) ?? false
  }
}
