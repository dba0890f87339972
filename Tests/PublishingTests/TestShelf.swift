import Expressions
import Foundation
import Publishing
import Subtitles
import SystemPackage

/// A library in a folder of its own that goes with it, and sets of clips made as the pipeline makes them.
final class TestShelf: Sendable {
  let root: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("langflix-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: root.string) }

  /// Makes a file and the folders above it.
  @discardableResult
  func file(_ path: String, _ content: String = "mine") throws -> FilePath {
    let file = root.pushing(FilePath(path))
    try FileManager.default.createDirectory(
      atPath: file.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: URL(fileURLWithPath: file.string))
    return file
  }

  func content(_ path: String) -> String? {
    try? String(contentsOfFile: root.pushing(FilePath(path)).string, encoding: .utf8)
  }

  /// The files and folders of a folder by name; none where there is no folder.
  func names(in path: String) -> Set<String> {
    Set(
      (try? FileManager.default.contentsOfDirectory(atPath: root.pushing(FilePath(path)).string))
        ?? [])
  }

  /// All files below a folder, relative, with "/" before each.
  func files(below folder: FilePath) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.string)?.allObjects as? [String] ?? []
    return all.filter { facts($0, in: folder).map { $0.st_mode & S_IFMT == S_IFREG } ?? false }
      .map { "/\($0)" }.sorted()
  }

  func facts(_ path: String, in folder: FilePath? = nil) -> stat? {
    var info = stat()
    return lstat((folder ?? root).pushing(FilePath(path)).string, &info) == 0 ? info : nil
  }

  /// One run's files in the work folder of an episode's clips.
  /// - Parameter text: what the reel and the clips hold, so that runs can be told apart.
  func make(
    _ episode: FilePath, _ fingerprint: String, _ layout: ClipLayout = .beside,
    phrases: [String] = ["give up"], reel: Bool = true, text: String = "made"
  ) throws -> ClipFolder {
    let folder = ClipFolder(forEpisode: episode, fingerprint: fingerprint, layout: layout)
    try folder.prepare()
    let stem = folder.flatStem(fingerprint: fingerprint)
    let isFlat = layout == .extras
    var clips: [Manifest.Clip] = []
    for (index, phrase) in phrases.enumerated() {
      let plain = LettersOnlyName.clip(cue: index + 1, of: 400, expressions: [phrase])
      let name = isFlat ? "\(stem) - \(plain)" : plain
      let place = isFlat ? "\(folder.flatFolder.lastComponent?.string ?? "")/" : ""
      let reference = { isFlat ? ClipFolder.flatReference($0) : $0 }
      try folder.write(text, to: "\(place)\(name).mp4")
      try folder.write(text, to: "\(place)\(name).en.srt")
      try folder.write(text, to: "captions/\(name).bilingual.vtt")
      try folder.write(text, to: "extracts/\(plain).m4a")
      clips.append(
        .init(
          file: reference("\(name).mp4"), container: "mp4", durationS: 1, sizeBytes: 4,
          sourceStartS: 0, leadInS: 0, method: "copy", methodReason: nil,
          subtitles: [.init(language: "en", file: reference("\(name).en.srt"))],
          captions: [.init(language: "mul", file: "captions/\(name).bilingual.vtt")],
          extracts: [
            .init(
              dictionaryForm: phrase, file: "extracts/\(plain).m4a", failure: nil, startS: 0,
              durationS: 1)
          ]))
    }
    if reel {
      try folder.write(text, to: "\(folder.flatFolder.lastComponent?.string ?? "")/\(stem).mp4")
    }
    try folder.write(
      try manifest(fingerprint, clips, reel: reel ? ClipFolder.flatReference("\(stem).mp4") : nil),
      to: Manifest.fileName)
    return folder
  }

  @discardableResult
  func publish(
    _ episode: FilePath, _ fingerprint: String, _ layout: ClipLayout = .beside,
    phrases: [String] = ["give up"], reel: Bool = true, text: String = "made"
  ) throws -> ClipFolder {
    let folder = try make(
      episode, fingerprint, layout, phrases: phrases, reel: reel, text: text)
    try folder.publish()
    return folder
  }

  /// A manifest that names these files.
  func manifest(_ fingerprint: String, _ clips: [Manifest.Clip], reel: String?) throws -> String {
    let count = max(1, clips.count)
    let cues = (1...count).map {
      Cue(number: $0, start: .seconds(Double($0)), end: .seconds(Double($0) + 1), text: "Hello.")
    }
    let groups = cues.map {
      Group(
        context: Context(firstCue: $0.number, lastCue: $0.number), start: $0.start, end: $0.end,
        expressions: [], alsoHere: [])
    }
    let results = zip(groups, clips).map { ($0.id, Manifest.ClipResult.made($1)) }
    return try ManifestCoding.encode(
      Manifest(
        extractor: .init(name: "test", version: "1"),
        generator: .init(name: "langflix", version: "0"), madeAt: "2026-01-01T00:00:00Z",
        episode: .init(
          name: "Show", file: "Show.mkv", fingerprint: fingerprint, sizeBytes: 1, durationS: 1,
          subtitles: []),
        languages: .init(source: "en", target: nil), groups: groups,
        transcript: Transcript(language: "en", cues: cues), translations: [:],
        clips: Dictionary(uniqueKeysWithValues: results), dropped: [:], failedBatches: 0,
        reel: reel.map { .init(file: $0, durationS: 1, sizeBytes: 4) }))
  }
}
