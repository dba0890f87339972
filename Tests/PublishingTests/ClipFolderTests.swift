import Expressions
import Foundation
import Publishing
import Subtitles
import SystemPackage
import Testing

@Suite struct ClipFolderTests {
  let root: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("langflix-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = FilePath(url.path)
  }

  private var episode: FilePath { root.appending("Show.S01E02.mkv") }

  private func manifest(fingerprint: String, clip: String? = nil) -> Manifest {
    let cue = Cue(number: 1, start: .zero, end: .seconds(1), text: "Hello.")
    let group = Group(
      context: Context(firstCue: 1, lastCue: 1), start: .zero, end: .seconds(1),
      expressions: [], alsoHere: [])
    let made = clip.map {
      Manifest.ClipResult.made(
        .init(
          file: $0, container: "mp4", durationS: 1, sizeBytes: 1, sourceStartS: 0, leadInS: 0,
          method: "copy", methodReason: nil, subtitles: [], captions: []))
    }
    return Manifest(
      extractor: .init(name: "test", version: "1"),
      generator: .init(name: "langflix", version: "0"),
      madeAt: "2026-01-01T00:00:00Z",
      episode: .init(
        name: "Show", file: "Show.mkv", fingerprint: fingerprint, sizeBytes: 1, durationS: 1,
        subtitles: []),
      languages: .init(source: "en", target: nil), groups: [group],
      transcript: Transcript(language: "en", cues: [cue]), translations: [:],
      clips: made.map { [1: $0] } ?? [:], dropped: [:], failedBatches: 0)
  }

  private func make(_ fingerprint: String, files: [String: String]) throws -> ClipFolder {
    let folder = ClipFolder(forEpisode: episode, fingerprint: fingerprint)
    try folder.prepare()
    for (name, text) in files { try folder.write(text, to: name) }
    try folder.write(
      try ManifestCoding.encode(manifest(fingerprint: fingerprint, clip: files.keys.first)),
      to: Manifest.fileName)
    try folder.publish()
    return folder
  }

  private func names(_ folder: FilePath) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.string))
  }

  @Test func appearsInOneStepWithMarkersBesideIt() throws {
    let folder = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    try folder.prepare()
    try folder.write("x", to: "a clip.srt")
    #expect(!FileManager.default.fileExists(atPath: folder.path.string))
    try folder.publish()
    #expect(try names(folder.path) == ["a clip.srt", "known"])
    let shelf = root.appending("Shorts/langflix")
    #expect(folder.path == shelf.appending("Show season one episode two"))
    #expect(
      try names(shelf) == [
        ".ignore", ".nomedia", ".plexignore", ".embyignore", "Show season one episode two",
      ])
    #expect(
      try String(contentsOfFile: shelf.appending(".plexignore").string, encoding: .utf8)
        == "*\n*/*\n")
    #expect(try Data(contentsOf: URL(fileURLWithPath: shelf.appending(".ignore").string)).isEmpty)
  }

  @Test func aNewSetReplacesTheOldOneAndKeepsWhatAPersonPutThere() throws {
    let folder = try make("9-abc", files: ["old.mp4": "old"])
    let note = folder.path.appending("my notes.txt")
    try Data("keep".utf8).write(to: URL(fileURLWithPath: note.string))
    let again = try make("9-abc", files: ["new.mp4": "new"])
    #expect(again.path == folder.path)
    #expect(try names(folder.path) == ["new.mp4", "expressions.json", "my notes.txt", "known"])
    #expect(try names(folder.path.removingLastComponent()).count == 5, "nothing is left over")
  }

  @Test func anotherEpisodesFolderIsNeverUsed() throws {
    let first = try make("9-abcdef", files: ["a.mp4": "a"])
    let second = try make("9-fedcba", files: ["b.mp4": "b"])
    #expect(first.path != second.path)
    #expect(second.path.lastComponent?.string == "Show season one episode two ponmlk")
    #expect(try names(first.path).contains("a.mp4"))
  }

  @Test func aKillBetweenTheSwapAndTheClearingLosesNothing() throws {
    let folder = try make("9-abc", files: ["old.mp4": "old"])
    let retired = folder.path.removingLastComponent()
      .appending(".old \(folder.path.lastComponent?.string ?? "")")
    try FileManager.default.copyItem(atPath: folder.path.string, toPath: retired.string)
    for name in ["my notes.txt", "old.mp4.bak"] {
      try Data("keep".utf8).write(to: URL(fileURLWithPath: retired.appending(name).string))
    }
    _ = try make("9-abc", files: ["new.mp4": "new"])
    #expect(
      try names(folder.path) == [
        "new.mp4", "expressions.json", "my notes.txt", "old.mp4.bak", "known",
      ])
    #expect(!FileManager.default.fileExists(atPath: retired.string))
  }

  @Test func aNamedPipeForAManifestHoldsNobodyUp() throws {
    let folder = try make("9-abc", files: ["a.mp4": "a"])
    let manifest = folder.path.appending("expressions.json").string
    try FileManager.default.removeItem(atPath: manifest)
    #expect(mkfifo(manifest, 0o600) == 0)
    let other = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    #expect(other.path != folder.path, "a folder without a manifest of ours is not ours")
  }

  @Test func whatAKilledRunLeftIsFoundAgain() throws {
    let folder = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    try folder.prepare()
    try folder.write("half", to: "half.mp4")
    let again = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    try again.prepare()
    #expect(try names(again.workFolder) == ["flat"])
    again.discard()
    #expect(!FileManager.default.fileExists(atPath: again.workFolder.string))
  }

  @Test func aFolderThatCanNotBeMadeIsNamed() throws {
    try Data("a file".utf8).write(to: URL(fileURLWithPath: root.appending("Shorts").string))
    let folder = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    let error = #expect(throws: PublishingError.self) { try folder.prepare() }
    #expect(error?.message.contains("Shorts") == true)
  }
}
