import Expressions
import Settings
import SystemPackage
import Testing

@testable import Notices

@Suite struct MediaServerTests {
  private func server(_ kind: MediaServer.Kind, _ folders: [String] = []) throws -> MediaServer {
    try #require(
      MediaServer(
        kind,
        MediaServerSettings(
          url: "http://nas:1", key: Secret("k"), folders: folders.compactMap { FolderName($0) })))
  }

  private let jellyfin: JSONValue = [
    ["Name": "Shows", "Locations": ["/data/tv", "/data/tv/kids"]], ["Locations": ["/films"]],
  ]
  private let plex: JSONValue = [
    "MediaContainer": [
      "Directory": [
        ["key": "2", "Location": [["path": "/films"]]],
        ["key": "5", "Location": [["path": "/data/tv"]]],
      ]
    ]
  ]

  @Test func jellyfinLooksThroughTheFoldersAloneWhereItKnowsThem() throws {
    let server = try server(.jellyfin, ["/media=/data/tv"])
    let shelves = try #require(server.shelves(from: jellyfin))
    #expect(shelves.map(\.path) == ["/data/tv", "/data/tv/kids", "/films"])
    let calls = server.refreshes(
      of: ["/media/Show/Season 1", "/media/Other", "/media/Other"], on: shelves)
    #expect(calls.map(\.method) == ["POST"])
    #expect(calls.map(\.url) == ["http://nas:1/Library/Media/Updated"])
    #expect(
      calls.first?.body == [
        "Updates": [
          ["Path": "/data/tv/Other", "UpdateType": "Modified"],
          ["Path": "/data/tv/Show/Season 1", "UpdateType": "Modified"],
        ]
      ])
    #expect(
      calls.first?.headers.contains {
        $0.name == "Authorization" && $0.value == "MediaBrowser Token=\"k\""
      } == true)
  }

  @Test func everythingIsLookedThroughWhereOneFolderIsNotKnown() throws {
    let jellyfin = try server(.jellyfin)
    let known = try #require(jellyfin.shelves(from: self.jellyfin))
    #expect(
      jellyfin.refreshes(of: ["/films/a", "/filmset/b"], on: known).map(\.url)
        == ["http://nas:1/Library/Refresh"])
    let plex = try server(.plex)
    #expect(
      plex.refreshes(of: ["/media/a"], on: []).map(\.url) == [
        "http://nas:1/library/sections/all/refresh"
      ])
    let many = (1...21).map { "/films/\($0)" }.compactMap { FolderName("\($0)=\($0)")?.ours }
    let shelves = try #require(plex.shelves(from: self.plex))
    #expect(plex.refreshes(of: many, on: shelves).count == 1)
  }

  @Test func plexLooksThroughAFolderOfItsSection() throws {
    let server = try server(.plex, ["/media=/data/tv", "/media/films=/films"])
    let shelves = try #require(server.shelves(from: plex))
    let calls = server.refreshes(of: ["/media/Día & Noche/S1", "/media/films/x"], on: shelves)
    #expect(
      calls.map(\.url) == [
        "http://nas:1/library/sections/5/refresh?path=/data/tv/D%C3%ADa%20%26%20Noche/S1",
        "http://nas:1/library/sections/2/refresh?path=/films/x",
      ])
    #expect(
      calls.allSatisfy { $0.method == "GET" && $0.headers.contains { $0.name == "X-Plex-Token" } })
  }

  @Test func namesOnAWindowsServer() throws {
    let server = try server(.jellyfin, ["/media=D:\\TV"])
    #expect(server.theirName(of: "/media/Show/S1") == "D:\\TV\\Show\\S1")
    #expect(
      server.shelf(holding: "D:\\TV\\Show", of: [.init(section: nil, path: "D:\\TV\\")]) != nil)
    #expect(server.theirName(of: "/mediax/a") == "/mediax/a")
  }

  @Test func answersOfOthersAreNone() throws {
    #expect(try server(.jellyfin).shelves(from: ["a": 1]) == nil)
    #expect(try server(.plex).shelves(from: [1, 2]) == nil)
  }

  @Test func withoutAKeyThereIsNone() {
    #expect(MediaServer(.plex, MediaServerSettings(url: "http://nas")) == nil)
    #expect(MediaServer(.plex, MediaServerSettings(key: Secret("k"))) == nil)
  }
}
