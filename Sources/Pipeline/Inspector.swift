import Library
import Logging
import Media
import Settings
import Store
import Subtitles
import SystemPackage

/// Tells what the program sees in a video or a subtitle file, and what it would make of it. Changes nothing, and asks
/// nobody.
package struct Inspector: Sendable {
  private let settings: LangflixSettings
  private let media: MediaWorkerClient
  private let disk = BlockingQueue(label: "langflix.inspect")

  /// - Parameter program: the langflix program, run again as the media worker.
  package init(settings: LangflixSettings, program: FilePath, logger: Logger) {
    self.settings = settings
    media = MediaWorkerClient(
      program: program,
      limits: WorkerLimits(
        wallClock: settings.worker.timeLimit, memory: settings.worker.memoryLimit),
      logger: logger)
  }

  /// - Parameters:
  ///   - path: absolute.
  ///   - withCues: whether to list the cues too.
  package func inspect(_ path: FilePath, withCues: Bool) async throws -> Inspection {
    let suffix = path.extension?.lowercased() ?? ""
    var result =
      EpisodeFiles.videoExtensions.contains(suffix)
      ? try await inspectVideo(path, withCues: withCues)
      : try await inspectSubtitles(path, withCues: withCues)
    let notTaken = NotTaken(settings: settings)
    result.library = settings.library(containing: path)?.name
    let yet: String?
    (result.leftOutBy, yet) = try await disk.run {
      (notTaken.byName(path), notTaken.yet(path, now: EpisodeSteps.now))
    }
    // Without any library nobody expects it to be taken by itself.
    if result.isTaken, !settings.libraries.isEmpty { result.notes += [yet].compactMap(\.self) }
    return result
  }

  private func reader(for path: FilePath) -> SubtitleReader {
    SubtitleReader(
      media: media, disk: disk,
      settings: settings.library(containing: path)?.subtitles ?? settings.subtitles)
  }

  // MARK: - A subtitle file

  private func inspectSubtitles(_ path: FilePath, withCues: Bool) async throws -> Inspection {
    var result = Inspection(path: path.string, kind: "subtitles")
    guard let file = try await disk.run({ EpisodeFiles.observe(path) }) else {
      result.kind = "none"
      result.problem = "there is no such file, or it is no ordinary one: check the path"
      return result
    }
    let name = path.lastComponent?.string ?? ""
    // Whose it is is not asked here: the tags at the end tell the rest.
    let source = SubtitleSource(
      file: file, name: SidecarName(fileName: name, besideOnlyEpisode: name))
    var entry = Inspection.Source(source)
    do {
      let reading = try await reader(for: path).read(path, language: source.language)
      entry.add(reading)
      if withCues { result.lines = reading.tracks.flatMap(\.cues).map(Inspection.Line.init) }
    } catch let error as SubtitleError {
      entry.problem = error.message
      result.problem = error.message
    } catch let error as Errno {
      entry.problem = "it can't be read (\(error)): check its permissions"
      result.problem = entry.problem
    }
    result.sources = [entry]
    return result
  }

  // MARK: - A video

  private func inspectVideo(_ path: FilePath, withCues: Bool) async throws -> Inspection {
    var result = Inspection(path: path.string, kind: "video")
    let probe: Probe
    do {
      probe = try await media.probe(path)
    } catch {
      result.kind = "none"
      result.problem = error.message
      return result
    }
    let languages = settings.library(containing: path)?.languages ?? settings.languages
    result.container = probe.container
    result.durationMs = probe.duration.milliseconds
    result.sound = probe.streams.filter { $0.kind == .audio }.map {
      .init(track: $0.index, codec: $0.codec, language: $0.language, title: $0.title)
    }
    let shelf = try await disk.run { try SubtitleShelf(beside: [path], streams: probe.streams) }
    result.sources = await sources(shelf, of: path, languages)
    let choice = try await SubtitleChooser(
      reader: reader(for: path), languages: languages, length: probe.duration, path: path
    ).choose(from: shelf)
    result.source = choice.source?.stored.origin
    result.target = choice.target?.stored.origin
    result.notes = choice.problems
    result.problem =
      SpokenLanguages.objection(to: languages.source, probe.streams)
      ?? (choice.source == nil
        ? EpisodeSteps.missingReason(languages.source, shelf, choice.problems) : nil)
    if withCues {
      result.lines = (choice.source?.stored.transcript.cues ?? []).map(Inspection.Line.init)
    }
    return result
  }

  /// Tracks in a third language are listed by what they say alone: each would take a reading of the whole file.
  private func sources(
    _ shelf: SubtitleShelf, of path: FilePath, _ languages: LanguageSettings
  ) async -> [Inspection.Source] {
    var entries: [Inspection.Source] = []
    for source in shelf.sources {
      var entry = Inspection.Source(source)
      let isWanted =
        source.language.map { $0 == languages.source || $0 == languages.target } ?? true
      if let pictures = source.pictures {
        entry.problem = "it holds pictures of text (\(pictures)), which are not read"
      } else if !source.isReadable {
        entry.problem = "it holds no text that is read"
      } else if case .track = source.place, !isWanted {
        entry.problem = "not read: it is in another language than the two that are set"
      } else {
        do {
          entry.add(try await reader(for: path).read(source, of: path, language: languages.source))
        } catch let error as SubtitleError {
          entry.problem = error.message
        } catch let error as MediaFailure {
          entry.problem = error.message
        } catch {
          entry.problem = "it can't be read (\(error)): check its permissions"
        }
      }
      entries.append(entry)
    }
    return entries
  }
}
