import Crypto
import Foundation
import Publishing
import Testing

/// What a page is made of, and what can't get into it.
@Suite struct GalleryPageTests {
  /// Texts that would do something if a page took them for more than text.
  static let hostile = [
    "</script><script>window.hacked = 1</script>", "<img src=x onerror=hacked()>", "<!--<script>",
    "]]>", "\"\u{301} onclick=\u{22}hacked()\"", "'\u{308}>", "<\u{338}script>hacked()",
    "{{SCRIPT}}{{DATA}}", "&lt;b&gt;&amp;", "\u{202E}gnp.exe", "\u{2067}\u{2066}x",
    "\u{1B}]0;x\u{7}\u{1B}[2J",
    "a\u{0}b\u{85}c\u{2028}d\u{2029}e", "javascript:alert(1)", "\\u003c/script\\u003e",
    "\r\n\r\nX: y",
  ]

  /// A manifest that says such a text wherever it says anything.
  static func manifest(saying text: String, file: String = "a.mp4") throws -> String {
    let entry: [String: Any] = [
      "phrase": text, "dictionary_form": text, "part_of_speech": text, "meaning": text,
      "examples": [text], "translation": text, "literal_meaning": text, "register": text,
      "level": text, "similar": [text], "usage_note": text, "cues": [1],
      "spans": [["cue": 1, "start": 0, "end": 2, "text": text]],
    ]
    let object: [String: Any] = [
      "episode": ["name": text, "file": text], "languages": ["source": text, "target": text],
      "groups": [
        [
          "state": "published", "number": 1, "failure": text,
          "clip": ["file": file, "poster": file, "duration_s": 9],
          "context": ["first_cue": 1, "start_s": 3],
          "cues": [
            [
              "number": 1, "start_s": 1, "end_s": 2, "text": text, "speaker": text,
              "translation": text,
            ]
          ],
          "expressions": [entry], "also_here": [entry],
        ]
      ],
    ]
    return String(
      decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys),
      as: UTF8.self)
  }

  private func page(saying text: String) throws -> PageView {
    PageView(try #require(try GalleryPage.episode(manifest: try Self.manifest(saying: text))))
  }

  @Test(arguments: hostile) func whatIsSaidStaysText(text: String) throws {
    let page = try page(saying: text)
    let harmless = try self.page(saying: "harmless")
    for part in ["<script", "</script", "<img", "<!--", "<style", "<body", "<a "] {
      #expect(page.count(part) == harmless.count(part), "\(part)")
    }
    #expect(try page.script == harmless.script)
    #expect(try page.style == harmless.style)
    // Nothing that a terminal, an editor or a reader would act upon.
    let signs = page.text.unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
        || [0x200E, 0x200F, 0x061C, 0x2028, 0x2029].contains($0.value)
        || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }
    #expect(signs.isEmpty)
    // And it arrives as it was said.
    let group = try #require(try page.groups.first)
    let cue = try #require((group["cues"] as? [[String: Any]])?.first)
    let entries = try #require(group["expressions"] as? [[String: Any]])
    #expect(cue["text"] as? String == text)
    #expect(entries.compactMap { $0["form"] as? String } == [text, text])
    #expect(try page.episodes.first?["title"] as? String == text)
  }

  @Test func onlyItsOwnScriptAndStyleMayRun() throws {
    let page = try page(saying: "x")
    let hash = { (text: String) in
      "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
    }
    let own = try page.element("<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">")
      .replacingOccurrences(of: "&#39;", with: "'")
    for policy in [own, GalleryPage.contentSecurityPolicy] {
      #expect(policy.contains("default-src 'none'"))
      #expect(policy.contains("script-src \(hash(try page.script));"))
      #expect(policy.contains("style-src \(hash(try page.style));"))
      #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("http"))
    }
    #expect(GalleryPage.contentSecurityPolicy.contains("frame-ancestors 'none'"))
    #expect(!GalleryPage.contentSecurityPolicy.contains("file:"))
    #expect(page.count("<script") == 2 && page.count("<style") == 1)
    #expect(page.text.firstMatch(of: /(?i)<[^>]*\son[a-z]+\s*=/) == nil, "no inline handler")
    #expect(page.text.firstMatch(of: /(?i)<[^>]*\sstyle\s*=/) == nil, "no inline style")
    #expect(
      page.text.firstMatch(of: /(?i)(src|href)="?(https?:)?\/\//) == nil, "nothing from elsewhere")
  }

  @Test func theSameManifestGivesTheSameBytes() throws {
    let manifest = try Self.manifest(saying: "x")
    let pages = try (0..<3).map { _ in try GalleryPage.episode(manifest: manifest) }
    #expect(Set(pages).count == 1)
  }

  @Test func aServerFillsInWhatThePageAsksItWith() throws {
    let text = "<body data-api=\"\" data-csrf=\"\">"
    let page = try #require(try GalleryPage.episode(manifest: try Self.manifest(saying: text)))
    let served = try #require(
      GalleryPage.served(page, api: "/api/v1", csrfToken: "a\"b<c>&\"\u{301}"))
    #expect(
      served.contains(
        "\n<body data-api=\"/api/v1\" data-csrf=\"a&quot;b&lt;c&gt;&amp;&quot;\u{301}\">\n"))
    #expect(PageView(served).count("data-api=\"/api") == 1)
    #expect(!served.contains("data-known"))
    #expect(GalleryPage.served("<!DOCTYPE html>\n\(text)", api: "/a", csrfToken: "b") == nil)
    #expect(GalleryPage.served("", api: "/a", csrfToken: "b") == nil)
  }

  @Test(arguments: hostile) func whatIsKnownAlreadyIsToldAsText(text: String) throws {
    let page = try #require(try GalleryPage.episode(manifest: try Self.manifest(saying: text)))
    let forms = GalleryPage.forms(in: page)
    #expect(forms == [text])
    let served = try #require(
      GalleryPage.served(page, api: "/api/v1", csrfToken: "x", known: forms.sorted()))
    for part in ["<script", "</script", "<img", "<!--", "<body", " onclick=\"hacked"] {
      #expect(PageView(served).count(part) == PageView(page).count(part), "\(part)")
    }
    #expect(PageView(served).count("data-known=\"[&quot;") == 1)
    #expect(GalleryPage.forms(in: "<p>") == [])
  }

  @Test(arguments: HostileManifestTests.names + ["/etc/passwd", "https://example.org/x.mp4"])
  func aFileElsewhereIsNeverNamed(name: String) throws {
    let page = PageView(
      try #require(
        try GalleryPage.episode(manifest: try Self.manifest(saying: "x", file: name))))
    let group = try #require(try page.groups.first)
    for key in ["clip", "poster"] {
      guard let address = group[key] as? String else { continue }
      // Inside the folder, or a file two folders up: nothing that climbs, and no scheme.
      let rest = address.hasPrefix("../../") ? String(address.dropFirst(6)) : address
      let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
      #expect(!parts.contains("..") && !parts.contains(".") && !rest.hasPrefix("/"), "\(address)")
      #expect(!address.contains(":") && !address.contains("\\"), "\(address)")
    }
  }

  @Test func namesBecomeAddresses() throws {
    let manifest = try Self.manifest(saying: "x", file: "bd what's 100% #1? é:.mp4")
    let page = PageView(try #require(try GalleryPage.episode(manifest: manifest)))
    #expect(
      try page.groups.first?["clip"] as? String
        == "bd%20what%27s%20100%25%20%231%3F%20%C3%A9%3A.mp4")
  }

  @Test(arguments: [
    "", "[]", "null", "7", "{\"groups\":7}", String(repeating: "[", count: 5_000),
  ]) func whatIsNoManifestMakesNoPage(text: String) throws {
    #expect(try GalleryPage.episode(manifest: text) == nil)
  }

  @Test func whatCanNotBeReadOfAManifestSpoilsNothingElse() throws {
    let text = """
      {"groups":[7,{"state":"published","cues":[{"number":"x"},{"number":2,"start_s":1,"end_s":2,"text":"Hi."}],
      "expressions":[{},{"dictionary_form":"hi","spans":[{"cue":2,"start":-5,"end":900},{"cue":2}]}]},
      {"state":"hidden","cues":[],"expressions":[]},{"state":"known"},{"state":"pending"}]}
      """
    let page = PageView(try #require(try GalleryPage.episode(manifest: text)))
    #expect(try page.groups.count == 1)
    let group = try #require(try page.groups.first)
    #expect((group["cues"] as? [Any])?.count == 1)
    #expect((group["expressions"] as? [Any])?.count == 1)
  }
}
