import Foundation
import Publishing
import SystemPackage
import Testing

/// Whoever may change episodes may change their clips, too.
@Suite struct FolderRightsTests {
  private static let isRoot = geteuid() == 0

  /// A group that nobody here has, which only root may give.
  @Test(.enabled(if: isRoot), arguments: [ClipLayout.beside, .extras])
  func groupAndRightsFollowTheEpisodesFolder(layout: ClipLayout) throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show/Season 1/Show.S01E02.mkv")
    let home = episode.removingLastComponent()
    #expect(chown(home.string, getuid(), 12_345) == 0 && chmod(home.string, 0o2775) == 0)
    let note = try shelf.file("Show/Season 1/note.txt")
    #expect(chmod(note.string, 0o600) == 0)
    for text in ["first", "second"] {
      let folder = try shelf.make(episode, "9-abc", layout, text: text)
      #expect(folder.followFolder() == nil)
      try folder.publish()
      let made =
        shelf.files(below: home).filter { $0.hasPrefix("/Shorts/") }
        + ["", "/langflix", "/langflix/\(folder.path.lastComponent?.string ?? "")"].map {
          "/Shorts\($0)"
        }
      #expect(made.count > 10)
      for path in made + ["/Shorts/langflix/Show season one episode two/known"] {
        let facts = try #require(shelf.facts(String(path.dropFirst()), in: home))
        let isFolder = facts.st_mode & S_IFMT == S_IFDIR
        #expect(facts.st_gid == 12_345, "\(path)")
        #expect(
          facts.st_mode & 0o7777 == (isFolder ? 0o2775 : 0o664),
          "\(path): \(String(facts.st_mode, radix: 8))")
      }
    }
    #expect(shelf.facts("note.txt", in: home)?.st_mode == S_IFREG | 0o600, "not ours")
    #expect(
      shelf.facts("Show.S01E02.mkv", in: home)?.st_gid != 12_345 || shelf.facts("", in: home) != nil
    )
  }

  /// What others may not do with episodes they may not do with clips, and the owner always may.
  @Test(arguments: [mode_t(0o700), 0o750, 0o2770, 0o555])
  func clipsAreNoMoreOpenThanTheFolder(mode: mode_t) throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show/Show.S01E02.mkv")
    let home = episode.removingLastComponent()
    let folder = try shelf.make(episode, "9-abc")
    #expect(chmod(home.string, mode) == 0)
    _ = folder.followFolder()
    let work = try #require(shelf.facts("", in: folder.workFolder))
    #expect(work.st_mode & 0o7777 == mode & 0o2777 | 0o700)
    let manifest = try #require(shelf.facts(Manifest.fileName, in: folder.workFolder))
    #expect(manifest.st_mode & 0o7777 == mode & 0o666 | 0o600)
    #expect(chmod(home.string, 0o755) == 0)
  }

  @Test func linksAreNotFollowed() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show/Show.S01E02.mkv")
    let victim = try shelf.file("elsewhere/victim.txt")
    #expect(chmod(victim.string, 0o640) == 0)
    let folder = try shelf.make(episode, "9-abc")
    #expect(chmod(episode.removingLastComponent().string, 0o777) == 0)
    for place in [folder.workFolder, folder.workFolder.removingLastComponent()] {
      #expect(symlink(victim.string, place.appending("link.txt").string) == 0)
      #expect(symlink(victim.removingLastComponent().string, place.appending("folder").string) == 0)
    }
    #expect(folder.followFolder() == nil)
    #expect(shelf.facts("elsewhere/victim.txt")?.st_mode == S_IFREG | 0o640)
    #expect(shelf.facts(Manifest.fileName, in: folder.workFolder)?.st_mode == S_IFREG | 0o666)
  }

  /// A file that nothing may be done to stands for a file system that refuses.
  @Test(.enabled(if: isRoot)) func aRefusalIsToldAndIsNoFailure() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show/Show.S01E02.mkv")
    let folder = try shelf.make(episode, "9-abc")
    let marker = folder.path.removingLastComponent().appending(".nomedia").string
    guard Self.setImmutable(marker, true) else {
      print("skipped: no file can be made immutable here")
      return
    }
    defer { _ = Self.setImmutable(marker, false) }
    #expect(chown(episode.removingLastComponent().string, getuid(), 12_345) == 0)
    let refusal = try #require(folder.followFolder())
    #expect(refusal.contains("12345"), "\(refusal)")
    try folder.publish()
    #expect(folder.hasCompleteSet(fingerprint: "9-abc"))
  }

  private static func setImmutable(_ path: String, _ isImmutable: Bool) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
    process.arguments = [isImmutable ? "+i" : "-i", path]
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
