import Dashboard
import Foundation
import SystemPackage
import Testing

/// Published files, and nothing else, whatever is asked for.
@Suite struct FileTests {
  /// A folder as an episode has it, with things around it that are nobody's business.
  private final class Shelf: Sendable {
    let root: FilePath
    var clips: FilePath { root.appending("Shorts/langflix/Episode") }

    init() throws {
      root = FilePath(FileManager.default.temporaryDirectory.path)
        .appending("lf-dashboard-\(UUID())")
      try make("Shorts/langflix/Episode/captions")
      try write("secret", to: "secret.txt")
      try write("secret", to: "Shorts/langflix/secret.txt")
      try write("0123456789", to: "Shorts/langflix/Episode/clip.mp4")
      try write("WEBVTT", to: "Shorts/langflix/Episode/captions/clip.vtt")
      try write("flat", to: "Shorts/flat clip.mp4")
      try write("secret", to: "Shorts/langflix/Episode/unlisted.mp4")
    }

    deinit { try? FileManager.default.removeItem(atPath: root.string) }

    func make(_ folder: String) throws {
      try FileManager.default.createDirectory(
        atPath: root.appending(folder).string, withIntermediateDirectories: true)
    }

    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: root.appending(name).string))
    }

    /// A source that has these names in its list, whatever lies there.
    func source(_ names: [String]) -> SampleSource {
      let files = names.map { name -> (MediaPlace, PublishedFile) in
        let place: MediaPlace =
          name.hasPrefix("../../")
          ? .flat(String(name.dropFirst(6))) : .inside(folder: "Episode", name: name)
        return (place, PublishedFile(folder: clips, name: name))
      }
      return SampleSource(files: Dictionary(uniqueKeysWithValues: files))
    }
  }

  private let shelf: Shelf

  init() throws { shelf = try Shelf() }

  @Test func whatIsPublishedIsServed() async throws {
    let source = shelf.source(["clip.mp4", "captions/clip.vtt", "../../flat clip.mp4"])
    try await Site.run(source) { site in
      let clip = try await site.get("/media/1/clips/Episode/clip.mp4")
      #expect(clip.status == 200)
      #expect(clip.text == "0123456789")
      #expect(clip["content-type"] == "video/mp4")
      #expect(clip["accept-ranges"] == "bytes")
      let captions = try await site.get("/media/1/clips/Episode/captions/clip.vtt")
      #expect(captions.text == "WEBVTT")
      #expect(captions["content-type"] == "text/vtt; charset=utf-8")
      #expect(try await site.get("/media/1/flat%20clip.mp4").text == "flat")
      let head = try await site.get("/media/1/clips/Episode/clip.mp4", method: "HEAD")
      #expect(head.status == 200)
      #expect(head.body.isEmpty)
    }
  }

  @Test func partsOfAFile() async throws {
    try await Site.run(shelf.source(["clip.mp4"])) { site in
      let path = "/media/1/clips/Episode/clip.mp4"
      for (range, status, text, place) in [
        ("bytes=0-3", 206, "0123", "bytes 0-3/10"), ("bytes=4-", 206, "456789", "bytes 4-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"), ("bytes=8-99", 206, "89", "bytes 8-9/10"),
        ("bytes=-99", 206, "0123456789", "bytes 0-9/10"), ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=-0", 416, "", "bytes */10"),
      ] {
        let reply = try await site.get(path, ["Range": range])
        #expect(reply.status == status, "\(range)")
        #expect(reply.text == text, "\(range)")
        #expect(reply["content-range"] == place, "\(range)")
      }
      for range in [
        "bytes=3-1", "bytes=a-b", "bytes=", "bytes=-", "items=0-1", "bytes=0-1,3-4",
        "bytes=99999999999999999999-", "bytes=0-1-2", "bytes=+1-2",
      ] {
        let reply = try await site.get(path, ["Range": range])
        #expect(reply.status == 200, "\(range)")
        #expect(reply.text == "0123456789")
      }
      let tag = try #require(try await site.get(path)["etag"])
      #expect(try await site.get(path, ["If-None-Match": tag]).status == 304)
      let stale = try await site.get(path, ["Range": "bytes=0-3", "If-Range": "\"old\""])
      #expect(stale.status == 200)
    }
  }

  @Test(arguments: [
    "/media/1/clips/Episode/unlisted.mp4", "/media/2/clips/Episode/clip.mp4",
    "/media/1/clips/Episode/../secret.txt", "/media/1/clips/Episode/..%2Fsecret.txt",
    "/media/1/clips/Episode/%2e%2e/secret.txt", "/media/1/clips/Episode/%2e%2e%2fsecret.txt",
    "/media/1/clips/Episode/..%5Csecret.txt", "/media/1/../../../secret.txt",
    "/media/1/..%2f..%2fsecret.txt", "/media/1/%2Fetc%2Fpasswd", "/media/1//etc/passwd",
    "/media/1/clips//etc/passwd", "/media/1/clips/Episode/clip.mp4%00.txt",
    "/media/1/clips/Episode/clip.mp4/", "/media/1/clips/Episode/.", "/media/1/clips/Episode",
    "/media/1/clips/../Episode/clip.mp4", "/media/1/clips/%252e%252e/secret.txt",
    "/media/..%2f1/clips/Episode/clip.mp4", "/media/-1/clips/Episode/clip.mp4",
    "/media/1%00/clips/Episode/clip.mp4", "/media/99999999999999999999/clips/Episode/clip.mp4",
    "/assets/../media/1/clips/Episode/unlisted.mp4", "/assets/..%2f..%2fetc%2fpasswd",
    "/assets/%2e%2e/%2e%2e/secret.txt", "/episodes/..%2f..%2fsecret.txt",
    "/api/v1/episodes/..%2fsettings", "/media/1/clips/Episode/a/b/c.mp4",
    "/media/1/clips/Episode/%c0%ae%c0%ae/secret.txt", "/media/1/clips/Episode/%ff.mp4",
    "/media/1/clips/Episode/%zz.mp4", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
  ])
  func noPathLeadsElsewhere(path: String) async throws {
    try await Site.run(shelf.source(["captions/clip.vtt"])) { site in
      let reply = try await site.get(path)
      #expect([400, 404].contains(reply.status), "\(path): \(reply.status)")
      #expect(!reply.text.contains("secret\n") && reply.text != "secret")
      #expect(!reply.text.contains("root:"))
    }
  }

  /// Every parameter that there is, in paths, queries, forms and bodies.
  @Test(arguments: [
    "../../secret.txt", "..%2F..%2Fsecret.txt", "%2e%2e%2f%2e%2e%2fsecret.txt",
    "..%5C..%5Csecret.txt", "%2Fetc%2Fpasswd", "....//....//secret.txt",
    "%252e%252e%252fsecret.txt",
    "%c0%ae%c0%ae%2fsecret.txt", "secret.txt%00.mp4", "file:%2F%2F%2Fetc%2Fpasswd",
  ])
  func noParameterLeadsElsewhere(value: String) async throws {
    try await Site.run(shelf.source(["clip.mp4"])) { site in
      var replies: [(String, Reply)] = []
      for path in [
        "/episodes/", "/language/", "/media/", "/media/1/", "/media/1/clips/",
        "/media/1/clips/Episode/", "/media/1/clips/Episode/captions/", "/assets/",
        "/api/v1/episodes/", "/api/v1/", "/",
      ] {
        let reply = try await site.get(path + value)
        #expect([400, 404].contains(reply.status), "\(path)\(value): \(reply.status)")
        replies.append((path, reply))
      }
      for query in [
        "/episodes?q=", "/episodes?state=", "/episodes?library=", "/episodes?limit=",
        "/episodes?offset=", "/search?q=", "/search?level=", "/history?offset=",
        "/failures?limit=", "/api/v1/episodes?q=", "/api/v1/episodes?library=",
        "/api/v1/expressions?q=", "/api/v1/expressions?level=", "/language/ko?next=",
        "/sign-in?next=",
      ] {
        replies.append((query, try await site.get(query + value)))
      }
      let page = try await site.get("/")
      let cookie = try #require(page.cookie)
      let csrf = try #require(page.csrfToken)
      let headers = ["Cookie": cookie, "X-CSRF-Token": csrf]
      for path in ["/api/v1/libraries/\(value)/known", "/api/v1/episodes/\(value)/retry"] {
        let reply = try await site.post(path, headers, body: #"{"phrase":"x"}"#)
        #expect([400, 404].contains(reply.status), "\(path): \(reply.status)")
        replies.append((path, reply))
      }
      let back = try await site.post(
        "/actions/retry", ["Cookie": cookie], body: "csrf=\(csrf)&back=\(value)")
      // A way back is always one of ours.
      if back.status == 303 { #expect(back["location"]?.hasPrefix("/") == true) }
      replies.append(("/actions/retry", back))
      for (place, reply) in replies {
        #expect(reply.status < 500, "\(place): \(reply.status)")
        #expect(!reply.text.contains("root:") && reply.text != "secret", "\(place)")
        #expect(reply["location"]?.hasPrefix("//") != true, "\(place)")
      }
    }
  }

  /// The list itself may be a stranger's work: a manifest lies on a share.
  @Test(arguments: [
    "../secret.txt", "../../../secret.txt", "../../../../etc/passwd", "captions/../../secret.txt",
    "/etc/passwd", "..", ".", "captions", "captions/..", "a/b/c", "",
  ])
  func noNameInTheListLeadsElsewhere(name: String) async throws {
    let place = MediaPlace.inside(folder: "Episode", name: "x")
    let source = SampleSource(files: [place: PublishedFile(folder: shelf.clips, name: name)])
    try await Site.run(source) { site in
      let reply = try await site.get("/media/1/clips/Episode/x")
      #expect(reply.status == 404)
      #expect(!reply.text.contains("secret"))
    }
  }

  @Test func linksAndPipesAreNotFollowed() async throws {
    let manager = FileManager.default
    let clips = shelf.clips
    func link(_ name: String, to target: String) throws {
      try manager.createSymbolicLink(
        atPath: clips.appending(name).string, withDestinationPath: target)
    }
    try link("link.mp4", to: shelf.root.appending("secret.txt").string)
    try link("near.mp4", to: "clip.mp4")
    try link("elsewhere", to: shelf.root.string)
    #expect(mkfifo(clips.appending("pipe.mp4").string, 0o600) == 0)
    try manager.createDirectory(
      atPath: clips.appending("folder.mp4").string, withIntermediateDirectories: true)
    let names = ["link.mp4", "near.mp4", "elsewhere/secret.txt", "pipe.mp4", "folder.mp4"]
    try await Site.run(shelf.source(names)) { site in
      for name in names {
        let reply = try await site.get("/media/1/clips/Episode/\(name)")
        #expect(reply.status == 404, "\(name)")
      }
    }
  }

  @Test func nothingOnAShareIsServedAsAPage() async throws {
    try shelf.write("<script>alert(1)</script>", to: "Shorts/langflix/Episode/page.html")
    try shelf.write("<svg onload=alert(1)>", to: "Shorts/langflix/Episode/picture.svg")
    try await Site.run(shelf.source(["page.html", "picture.svg"])) { site in
      for name in ["page.html", "picture.svg"] {
        let reply = try await site.get("/media/1/clips/Episode/\(name)")
        #expect(reply["content-type"] == "application/octet-stream")
        #expect(reply["x-content-type-options"] == "nosniff")
      }
    }
  }

  @Test func theGallerysPageHasItsOwnPolicy() async throws {
    try await Site.run { site in
      for path in ["/media/1/clips/index.html", "/media/1/clips/Episode/index.html"] {
        let reply = try await site.get(path)
        #expect(reply.status == 200)
        #expect(reply["content-security-policy"] == "default-src 'none'")
        #expect(reply["x-content-type-options"] == "nosniff")
      }
    }
  }
}
