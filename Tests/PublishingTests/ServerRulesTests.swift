import Foundation
import Publishing
import SystemPackage
import Testing

/// What media servers make of everything that is written beside an episode.
@Suite struct ServerRulesTests {
  typealias Server = ServerRule.Server

  /// Else a table that matches nothing would please every test.
  @Test(arguments: [
    ("/Show.S01E02.mkv", Server.allCases), ("/show s1e2.mkv", Server.allCases),
    ("/Show 1x02.mkv", Server.allCases), ("/Show.2024.01.31.mkv", Server.allCases),
    ("/Show.101.mkv", Server.allCases), ("/Show - 12.mkv", [.jellyfin, .emby, .plex, .sonarr]),
    ("/12.mkv", [.jellyfin, .emby, .plex]), ("/Show Part II.mkv", [.jellyfin, .emby, .kodi]),
    ("/Show Part One - x.mkv", [.sonarr]),
    ("/Show Part 1.mkv", [.jellyfin, .emby, .kodi, .sonarr]),
    ("/pt I mean.mp4", [.jellyfin, .emby, .kodi]), ("/Show Ep 01.mkv", Server.allCases),
    ("/S01E02/clip.mp4", [.plex, .sonarr]), ("/Show.special.mkv", [.kodi]),
    ("/[Group][Show][第12话].mkv", [.sonarr]),
  ])
  func theTableKnowsEpisodes(path: String, servers: [Server]) {
    let takers = Server.allCases.filter { ServerView.adopting($0, path) != nil }
    #expect(Set(takers) == Set(servers), "\(path): \(takers)")
  }

  @Test func theTableKnowsWhatIsShownAndWhatIsLeftOut() {
    func view(_ server: Server, _ path: String, _ markers: [String: [String: String]] = [:])
      -> ServerView
    {
      ServerView(server, path, isSeason: true, markers: markers)
    }
    #expect(view(.jellyfin, "/Shorts/x.mp4") == .extra && view(.plex, "/shorts/x.mp4") == .extra)
    #expect(view(.plex, "/Clips/x.mp4") == .loose && view(.jellyfin, "/Shorts/a/x.mp4") == .loose)
    #expect(
      view(.sonarr, "/Shorts/a/S01E02.mp4") == .leftOut && view(.kodi, "/Shorts/x.mp4") == .loose)
    #expect(view(.jellyfin, "/a/b/x.mp4", ["/a": [".ignore": ""]]) == .leftOut)
    #expect(view(.jellyfin, "/a/b/x.mp4", ["/a": [".ignore": "*.jpg"]]) == .loose)
    #expect(view(.plex, "/ab/x.mp4", ["/a": [".plexignore": "*\n*/*\n"]]) == .loose)
  }

  private static let samples = NameSamples.episodes.filter {
    !$0.isEmpty && !$0.contains("/") && $0.utf8.count <= 250
  }.enumerated().filter { $0.offset % 8 == 0 || $0.element.contains("ample") }.map(\.element)

  @Test(arguments: ["beside", "extras", "root"], [true, false])
  func everyPathIsReadAsItIsMeant(layout: String, isSeason: Bool) throws {
    for (number, stem) in Self.samples.enumerated() {
      let shelf = try TestShelf()
      let home = isSeason ? "Show/Season 01" : "Show"
      let episode = try shelf.file("\(home)/\(stem).mkv")
      let other = shelf.root.pushing(FilePath("Clips/\(home)"))
      let place: ClipLayout =
        switch layout {
        case "extras": .extras
        case "root": .root(other)
        default: .beside
        }
      let base = layout == "root" ? other : episode.removingLastComponent()
      let phrases = (0..<2).map { NameSamples.phrases[(number + $0) % NameSamples.phrases.count] }
      var paths: Set<String> = []
      let folder = try shelf.make(episode, "9-fedcba98", place, phrases: phrases)
      for name in [".encoding.nut", ".sound.mka", ".sound.nut"] { try folder.write("", to: name) }
      paths.formUnion(shelf.files(below: base))
      for name in [".encoding.nut", ".sound.mka", ".sound.nut"] {
        try FileManager.default.removeItem(atPath: folder.workFolder.appending(name).string)
      }
      try folder.publish()
      paths.formUnion(shelf.files(below: base))
      let own = folder.path.lastComponent?.string ?? ""
      paths.formUnion(
        paths.filter { $0.hasPrefix("/Shorts/langflix/\(own)/") }.flatMap { path in
          let rest = path.dropFirst("/Shorts/langflix/\(own)/".count)
          return [".old \(own)", ".old \(own) aside", "\(own)/known"].map {
            "/Shorts/langflix/\($0)/\(rest)"
          }
        })
      #expect(paths.contains("/Shorts/\(own).mp4"), "\(paths)")
      let markers = Dictionary(
        grouping: paths.filter { ($0 as NSString).lastPathComponent.hasPrefix(".") },
        by: { ($0 as NSString).deletingLastPathComponent }
      ).mapValues { files in
        Dictionary(
          uniqueKeysWithValues: files.compactMap { file in
            (try? String(contentsOfFile: base.string + file, encoding: .utf8)).map {
              ((file as NSString).lastPathComponent, $0)
            }
          })
      }
      for path in paths where path != "/\(stem).mkv" {
        try expect(path, asMeant: isSeason, markers, stem: stem)
        // Whatever is written is a file of its own.
        if let facts = shelf.facts(String(path.dropFirst()), in: base),
          let source = shelf.facts("\(home)/\(stem).mkv")
        {
          #expect(facts.st_nlink == 1 && facts.st_ino != source.st_ino)
        }
      }
    }
  }

  private func expect(
    _ path: String, asMeant isSeason: Bool, _ markers: [String: [String: String]], stem: String
  ) throws {
    let isMedia = ["mp4", "mkv", "m4a", "mka", "nut"].contains { path.hasSuffix(".\($0)") }
    guard isMedia else { return }
    let isFlat = path.split(separator: "/").count == 2
    // "sample" in a name tells some servers to look away.
    let isSample = path.lowercased().contains("sample")
    for server in Server.allCases {
      if let rule = ServerView.adopting(server, path) {
        Issue.record("\(server) takes \(path) of \(stem) for an episode, for \(rule)")
      }
      let view = ServerView(server, path, isSeason: isSeason, markers: markers)
      let meant: ServerView =
        switch server {
        case _ where !isFlat: .leftOut
        case .sonarr: .leftOut
        case .jellyfin, .plex: .extra
        case .emby: isSeason ? .loose : .extra
        case .kodi: .loose
        }
      #expect(view == meant || isSample && view == .leftOut, "\(server) sees \(path) as \(view)")
    }
  }
}
