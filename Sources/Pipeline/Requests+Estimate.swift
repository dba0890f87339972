import Control
import Expressions
import Library
import Media
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

// What episodes would take, before they are taken. Nobody is asked, and nothing is changed.
extension Requests {
  /// So many files are opened; where there are more, some spread evenly stand for all.
  private static let mostLookedAt = 200
  /// So many files are looked up at a time.
  private static let slice = 500

  func estimate(_ request: EstimateRequest) async throws -> EstimateReport {
    let paths = try WirePath.paths(request.paths)
    // Its own: a library may take minutes to walk, which publishing must not wait for.
    let disk = BlockingQueue(label: "langflix.estimate")
    let found = try await paths.isEmpty ? store.leftAlonePaths() : episodes(at: paths, disk)
    var report = EstimateReport()
    let files = try await observe(found, disk, &report)
    report.episodes = files.count
    report.sourceBytes = files.reduce(0) { $0 + $1.sizeBytes }
    let step = max(1, Double(files.count) / Double(Self.mostLookedAt))
    let chosen = (0..<min(files.count, Self.mostLookedAt)).map { files[Int(Double($0) * step)] }
    report.lookedAt = chosen.count
    for file in chosen {
      try Task.checkCancellation()
      try await look(at: file, disk, &report)
    }
    if chosen.count < files.count, !chosen.isEmpty {
      report.multiply(by: Double(files.count) / Double(chosen.count))
    }
    addDays(to: &report)
    return report
  }

  /// Those that nothing was done for.
  private func observe(
    _ found: [FilePath], _ disk: BlockingQueue, _ report: inout EstimateReport
  ) async throws -> [ObservedFile] {
    var files: [ObservedFile] = []
    for start in stride(from: 0, to: found.count, by: Self.slice) {
      try Task.checkCancellation()
      let slice = Array(found[start..<min(start + Self.slice, found.count)])
      let taken = try await store.taken(among: slice)
      report.known += taken.count
      let observed = try await disk.run {
        slice.filter { !taken.contains($0) }.compactMap(EpisodeFiles.observe)
      }
      files.append(contentsOf: observed)
    }
    return files
  }

  /// - Throws: `ControlError` for what is neither an episode nor a folder with some.
  private func episodes(
    at paths: [FilePath], _ disk: BlockingQueue
  ) async throws -> [FilePath] {
    var found: Set<FilePath> = []
    for path in paths {
      let isFolder = try await disk.run { () throws -> Bool in
        if (try? path.stat())?.type == .directory { return true }
        if let problem = RequestedFile.problem(with: path) {
          throw ControlError(message: "\(path): \(problem)")
        }
        return false
      }
      if isFolder {
        found.formUnion(try await episodes(below: path, disk))
      } else {
        found.insert(path)
      }
    }
    let all = found
    return try await disk.run { all.sorted { $0.string < $1.string } }
  }

  private func episodes(
    below top: FilePath, _ disk: BlockingQueue
  ) async throws -> [FilePath] {
    let library = workshop.settings.library(containing: top)
    let rules = IgnoreRules(include: library?.include ?? [], exclude: library?.exclude ?? [])
    let root = library?.root ?? top
    var found: [FilePath] = []
    var left = [top]
    while let folder = left.popLast() {
      try Task.checkCancellation()
      let entries = try await disk.run { () throws -> (episodes: [FilePath], folders: [FilePath]) in
        do {
          return try EpisodeFiles.entries(of: folder, root: root, rules: rules)
        } catch {
          guard folder == top else { return ([], []) }
          throw ControlError(message: "\(top) can't be read (\(error)): check its permissions")
        }
      }
      found.append(contentsOf: entries.episodes)
      left.append(contentsOf: entries.folders)
    }
    return found
  }

  // MARK: - One episode

  private func look(
    at file: ObservedFile, _ disk: BlockingQueue, _ report: inout EstimateReport
  ) async throws {
    let (settings, steps) = (workshop.settings, workshop.steps)
    let library = settings.library(containing: file.path)
    let languages = library?.languages ?? settings.languages
    let probe: Probe
    do {
      probe = try await steps.media.probe(file.path)
    } catch {
      guard error.kind != .cancelled else { throw error }
      report.leftOut += 1
      return
    }
    guard SpokenLanguages.objection(to: languages.source, probe.streams) == nil else {
      report.leftOut += 1
      return
    }
    guard let first = steps.pool.lanes(for: languages.source).first else {
      report.waiting += 1
      return
    }
    let lane = steps.pool.lanes[first]
    var forecast = EpisodeForecast()
    // A track's lines would take a reading of the whole file: only files beside the episode are read.
    let beside = try? await disk.run {
      try SubtitleShelf(beside: [file.path], streams: [])
    }
    let reader = SubtitleReader(
      media: steps.media, disk: disk, settings: library?.subtitles ?? settings.subtitles)
    var choice: SubtitleChoice?
    if let beside {
      choice = try await SubtitleChooser(
        reader: reader, languages: languages, length: probe.duration, path: file.path
      ).choose(from: beside)
    }
    let tracks = probe.streams.filter { $0.kind == .subtitle }.map(SubtitleSource.init(track:))
    if let transcript = choice?.source?.stored.transcript {
      report.subtitlesRead += 1
      let hasTarget =
        choice?.target != nil
        || languages.target.map {
          !SubtitleSource.candidates(tracks, language: $0).isEmpty
        } ?? false
      let request = ExtractionRequest(
        languages, hasTarget: hasTarget, hint: EpisodeHint(path: file.path))
      try await add(transcript, request, lane, to: &forecast)
    } else if !SubtitleSource.candidates(tracks, language: languages.source).isEmpty {
      report.subtitlesInside += 1
      addGuess(probe, ExtractionRequest(languages, hasTarget: true, hint: nil), lane, to: &forecast)
    } else {
      report.waiting += 1
      return
    }
    forecast.cut(
      most: EpisodeSteps.clips(lane.clips(by: settings), forSeconds: probe.duration.seconds),
      ofBytes: file.sizeBytes, seconds: probe.duration.seconds, selection: settings.selection,
      clip: settings.clip)
    report.add(forecast)
    report.provider = lane.name
    report.hasPrice = lane.limits.price != .free
  }

  /// The batches as they would be asked, but for those whose answers are kept.
  private func add(
    _ transcript: Transcript, _ request: ExtractionRequest, _ lane: PoolLane,
    to forecast: inout EpisodeForecast
  ) async throws {
    // The lexicon costs nothing and is no request to anybody.
    guard lane.isCounted else { return }
    var left = try workshop.steps.batches(of: transcript, for: request)
    let kept = try await store.keptKeys(among: left.map(\.contentKey))
    forecast.keptAnswers += left.count { kept.contains($0.contentKey) }
    left.removeAll { kept.contains($0.contentKey) }
    for batch in left {
      forecast.ask(
        lane.extractor.estimate(of: batch.batch, for: request), price: lane.limits.price)
    }
  }

  private func addGuess(
    _ probe: Probe, _ request: ExtractionRequest, _ lane: PoolLane,
    to forecast: inout EpisodeForecast
  ) {
    guard lane.isCounted else { return }
    let minutes = probe.duration.seconds / 60
    for (share, isLeast) in [
      (EpisodeForecast.cuesPerMinute.lowerBound, true),
      (EpisodeForecast.cuesPerMinute.upperBound, false),
    ] {
      let transcript = EpisodeForecast.guessedTranscript(
        cues: Int((minutes * share).rounded()), language: request.sourceLanguage)
      for batch in lane.plan.batches(of: transcript) {
        forecast.ask(
          lane.extractor.estimate(of: batch, for: request), price: lane.limits.price,
          atLeast: isLeast, atMost: !isLeast)
      }
    }
  }

  private func addDays(to report: inout EstimateReport) {
    let lanes = workshop.steps.pool.lanes
    let lane = lanes.first { $0.name == report.provider } ?? lanes[0]
    report.provider = lane.name
    report.requestsPerDay = lane.limits.requestsPerDay
    report.usdPerDay = lane.limits.usdPerDay
    report.days = EstimateReport.Span(
      Self.days(report.requests.least, report.costUsd.least, lane.limits),
      Self.days(report.requests.most, report.costUsd.most, lane.limits))
  }

  /// Days of a provider's quota and budget.
  static func days(_ requests: Int, _ usd: Double, _ limits: ExtractorLimits) -> Int {
    let byRequests = limits.requestsPerDay.map { (requests + $0 - 1) / max(1, $0) } ?? 0
    let byMoney = limits.usdPerDay.map { Int((usd / max($0, 0.000_001)).rounded(.up)) } ?? 0
    return max(byRequests, byMoney)
  }
}

extension EstimateReport {
  fileprivate mutating func add(_ forecast: EpisodeForecast) {
    keptAnswers += forecast.keptAnswers
    requests.add(forecast.requests)
    inputTokens.add(forecast.inputTokens)
    outputTokens.add(forecast.outputTokens)
    costUsd.add(forecast.costUSD)
    clips.add(forecast.clips)
    clipBytes.add(forecast.clipBytes)
  }

  /// Has those that were looked at stand for all.
  fileprivate mutating func multiply(by factor: Double) {
    let scale = { (value: Int) in Int((Double(value) * factor).rounded()) }
    requests = Span(scale(requests.least), scale(requests.most))
    inputTokens = Span(scale(inputTokens.least), scale(inputTokens.most))
    outputTokens = Span(scale(outputTokens.least), scale(outputTokens.most))
    costUsd = Span(costUsd.least * factor, costUsd.most * factor)
    clips = Span(scale(clips.least), scale(clips.most))
    clipBytes = Span(
      Int64(Double(clipBytes.least) * factor), Int64(Double(clipBytes.most) * factor))
    keptAnswers = scale(keptAnswers)
  }
}

extension EstimateReport.Span where Value: Numeric {
  fileprivate mutating func add(_ other: Self) {
    least += other.least
    most += other.most
  }
}
