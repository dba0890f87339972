import Foundation
import Media
import Settings
import Store
import Subtitles
import SystemPackage

/// What an episode's dialogue and its translation are read from, and why not from something else.
struct SubtitleChoice: Sendable {
  struct Chosen: Sendable {
    var source: SubtitleSource
    var stored: StoredTranscript
  }

  var source: Chosen?
  var target: Chosen?
  /// Why sources that might have done were left out, one sentence each.
  var problems: [String] = []
}

/// Chooses among an episode's subtitles: by the names of files, by what tracks say, else by the text itself.
struct SubtitleChooser: Sendable {
  let reader: SubtitleReader
  let languages: LanguageSettings
  /// Of the film.
  let length: MediaTime
  let path: FilePath

  /// - Parameters:
  ///   - shelf: what there is.
  ///   - known: what was chosen before; it is not read again where it would be chosen again and is still the same.
  func choose(
    from shelf: SubtitleShelf,
    known: (source: StoredTranscript?, target: StoredTranscript?) = (nil, nil)
  ) async throws -> SubtitleChoice {
    var choice = SubtitleChoice()
    var readings: [String: SubtitleReader.Reading] = [:]
    choice.source = try await first(
      of: SubtitleSource.candidates(shelf.sources, language: languages.source),
      languages.source, isSource: true, known: known.source, &readings, &choice.problems)
    guard let source = choice.source, let language = languages.target,
      language != languages.source
    else { return choice }
    let isSame = source.stored.stamp != nil && source.stored.stamp == known.source?.stamp
    choice.target = try await first(
      of: SubtitleSource.candidates(shelf.sources, language: language), language,
      isSource: false, known: isSame ? known.target : nil, &readings, &choice.problems)
    // What was known is in line already.
    if let target = choice.target, !isSame || target.stored.stamp != known.target?.stamp {
      choice.target = aligned(target, to: source.stored, &choice.problems)
    }
    return choice
  }

  // MARK: - One language

  /// The first source that can be read and holds the dialogue in this language.
  private func first(
    of sources: [SubtitleSource], _ language: String, isSource: Bool, known: StoredTranscript?,
    _ readings: inout [String: SubtitleReader.Reading], _ problems: inout [String]
  ) async throws -> SubtitleChoice.Chosen? {
    var best: SubtitleChoice.Chosen?
    var failure: MediaFailure?
    for source in sources {
      do {
        var stored = known.flatMap { $0.stamp == source.stamp ? $0 : nil }
        if stored == nil {
          let reading: SubtitleReader.Reading
          if let present = readings[source.stamp] {
            reading = present
          } else {
            reading = try await reader.read(source, of: path, language: language)
            readings[source.stamp] = reading
          }
          stored = transcript(reading, source, language, isSource: isSource, &problems)
        }
        guard let stored else { continue }
        let isFuller = best.map {
          stored.transcript.cues.count > 3 * $0.stored.transcript.cues.count
        }
        if isFuller ?? true { best = .init(source: source, stored: stored) }
        // So few lines may be only what is foreign, or signs: another may hold the dialogue.
        if let best, !isSparse(best.stored.transcript) { break }
      } catch let error as SubtitleError {
        problems.append("\(source.description): \(error.message)")
      } catch let error as Errno {
        problems.append(
          "\(source.description) can't be read (\(error)): check its permissions, then: langflix retry"
        )
      } catch let error as MediaFailure where error.kind != .cancelled {
        problems.append("\(source.description): \(error.message)")
        failure = error
      }
    }
    // A second language is no reason to go without the first.
    if best == nil, isSource, let failure { throw failure }
    return best
  }

  private func isSparse(_ transcript: Transcript) -> Bool {
    Double(transcript.cues.count) < Self.leastCuesPerMinute * length.seconds / 60
  }

  private static let leastCuesPerMinute = 1.5

  /// The cues of a source that are in `language`; nil, with the reason, where none are.
  private func transcript(
    _ reading: SubtitleReader.Reading, _ source: SubtitleSource, _ language: String,
    isSource: Bool, _ problems: inout [String]
  ) -> StoredTranscript? {
    guard let track = track(of: reading, source, language, isSource: isSource, &problems) else {
      return nil
    }
    let whole = Transcript(language: language, cues: track.cues)
    let (transcript, leftOut) = isSource ? whole.within(length) : (whole, 0)
    guard !transcript.cues.isEmpty else {
      problems.append(
        leftOut == 0
          ? "\(source.description) holds no dialogue"
          : "all of \(source.description) lies beyond the end of the video: is it of another film?")
      return nil
    }
    let origin = [source.description, track.name, reading.detail].compactMap { $0 }
    return StoredTranscript(
      transcript: transcript,
      origin: origin.joined(separator: ", ")
        + (leftOut > 0 ? ", without \(leftOut) lines beyond the end of the video" : ""),
      stamp: source.stamp)
  }

  private func track(
    of reading: SubtitleReader.Reading, _ source: SubtitleSource, _ language: String,
    isSource: Bool, _ problems: inout [String]
  ) -> SubtitleReader.Track? {
    // The file itself knows best which of its languages is which.
    let isSole = reading.tracks.count == 1
    if !isSole, let named = reading.tracks.first(where: { $0.language == language }),
      DialogueLanguage.objection(to: language, named.cues) == nil
    {
      return named
    }
    // What a class is called by habit says little where it is the only one.
    let unnamed = reading.tracks.filter { ($0.language == nil || isSole) && !$0.cues.isEmpty }
    guard !unnamed.isEmpty else {
      let others = Set(reading.tracks.compactMap(\.language)).sorted().joined(separator: ", ")
      problems.append(
        others.isEmpty
          ? "\(source.description) holds no dialogue"
          : "\(source.description) holds \(others), not \(language)")
      return nil
    }
    if unnamed.count > 1 || (source.language == nil && !isSource) {
      // Only the text can tell.
      return unnamed.first {
        LanguageGuess.of($0.cues).map { $0.language == language && $0.confidence >= Self.sure }
          ?? false
      }
    }
    guard let objection = DialogueLanguage.objection(to: language, unnamed[0].cues) else {
      return unnamed[0]
    }
    problems.append(
      source.language == nil
        ? """
        \(source.description) names no language, and \(objection): if it is not '\(language)', name its language, as \
        in <episode>.ko.srt
        """
        : "\(source.description) is named '\(language)', but \(objection): name it by its language")
    return nil
  }

  /// In percent.
  private static let sure = 60

  // MARK: - Two languages

  /// The second transcript with the times of the first; nil where it does not belong to it.
  private func aligned(
    _ target: SubtitleChoice.Chosen, to source: StoredTranscript, _ problems: inout [String]
  ) -> SubtitleChoice.Chosen? {
    var target = target
    let transcript = target.stored.transcript
    switch TranscriptAlignment.estimate(of: transcript, to: source.transcript) {
    case .aligned(let alignment):
      guard !alignment.isIdentity else { return target }
      target.stored.transcript = alignment.applied(to: transcript)
      target.stored.origin += ", \(alignment)"
      return target
    case .refused(let reason):
      problems.append("\(target.stored.origin): \(reason)")
      return nil
    }
  }
}
