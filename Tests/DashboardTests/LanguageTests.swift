import Foundation
import Testing

@testable import Dashboard

/// Pages in English and Korean, from one source of words.
@Suite struct LanguageTests {
  private static let templates = Dictionary(
    uniqueKeysWithValues: Templates.sources.map {
      ($0.name, String(decoding: $0.bytes, as: UTF8.self))
    })

  private static func keys(in template: String) -> [String] {
    template.matches(of: /\[\[([a-z_]+)\]\]/).map { String($0.1) }
  }

  /// Values and tags that a text holds, in no order: those of both languages are the same.
  private static func places(in text: String) -> Set<String> {
    Set(text.matches(of: /\{+[#^\/]?[a-zA-Z]+\}+|<\/?[a-z]+[^>]*>/).map { String($0.0) })
  }

  @Test func everythingIsSaidInBothLanguages() {
    for (key, entry) in Words.entries {
      for language in Language.allCases {
        let text = entry[language]
        #expect(!text.isEmpty && text == text.trimmingCharacters(in: .newlines), "\(key)")
      }
      #expect(Self.places(in: entry.en) == Self.places(in: entry.ko), "\(key)")
      // What is only values and signs reads the same in every language.
      let isKorean = entry.ko.unicodeScalars.contains { 0xAC00...0xD7A3 ~= $0.value }
      #expect(isKorean, "\(key)")
    }
  }

  @Test func everyWordIsThereAndNoneIsLeftOver() {
    let named = Set(Self.templates.values.flatMap(Self.keys))
    let used = named.union(Word.allCases.map(\.rawValue))
    #expect(used.subtracting(Words.entries.keys).sorted() == [])
    #expect(Set(Words.entries.keys).subtracting(used).sorted() == [])
  }

  /// Whatever is not a place for a word, a value or a tag would be said in one language only.
  @Test func templatesSayNothingThemselves() {
    for (name, template) in Self.templates {
      let rest = template.replacing(/\[\[[a-z_]+\]\]/, with: "")
        .replacing(/\{\{\{?[^}]*\}?\}\}/, with: "").replacing(/<[^>]*>/, with: " ")
      let letters = rest.split { !$0.isLetter }.map(String.init)
      #expect(letters.filter { $0 != "langflix" } == [], "\(name)")
      for label in template.matches(of: /(aria-label|label|alt|title|placeholder)="([^"]*)"/) {
        #expect(label.2.isEmpty || label.2.hasPrefix("[["), "\(name): \(label.0)")
      }
    }
  }

  @Test func everyStateHasAName() {
    for language in Language.allCases {
      for state in EpisodeQuery.states + ["published", "pending", "hidden", "known"] {
        let name = Shown.state(state, language)
        #expect(language == .english || name != state, "\(state)")
        #expect(!name.contains("_"), "\(state)")
      }
    }
  }

  @Test(arguments: [
    ("ko-KR,ko;q=0.9,en;q=0.8", "ko"), ("en-GB,en;q=0.9,ko;q=0.8", "en"), ("ko", "ko"),
    ("KO-kr", "ko"), ("de-DE,de;q=0.9", "en"), ("de, ko;q=0.3, en;q=0.2", "ko"), ("", "en"),
    ("*", "en"), ("ko;q=0, en;q=0.1", "en"), ("ko;q=0", "en"), ("en;q=x, ko;q=0.1", "ko"),
    (";;,,q=1;ko", "en"), ("kok", "en"), ("ko;q=nan", "en"), ("en, ko", "en"),
  ])
  func theBrowsersLanguageCounts(header: String, expected: String) async throws {
    #expect(Language(accepting: header).rawValue == expected)
    try await Site.run { site in
      let reply = try await site.get("/", header.isEmpty ? [:] : ["Accept-Language": header])
      #expect(reply.text.contains("<html lang=\"\(expected)\">"))
      let now = expected == "ko" ? "<h1>지금" : "<h1>Now"
      #expect(reply.text.contains(now))
    }
  }

  @Test func theLinkSwitchesAndTheChoiceIsKept() async throws {
    try await Site.run { site in
      let korean = ["Accept-Language": "ko"]
      let page = try await site.get("/episodes?q=a%22b", korean)
      let link = try #require(page.text.firstMatch(of: /href="(\/language\/en\?next=[^"]+)"/)?.1)
      let switched = try await site.get(String(link), korean)
      #expect(switched.status == 303)
      #expect(switched["location"] == "/episodes?q=a%22b")
      let cookie = try #require(switched.cookie)
      #expect(cookie == "langflix_language=en")
      let after = try await site.get("/episodes", korean.merging(["Cookie": cookie]) { $1 })
      #expect(after.text.contains("<html lang=\"en\">"))
      #expect(after.text.contains("lang=\"ko\" rel=\"alternate\">한국어</a>"))
    }
  }

  @Test func theLinkLeadsNowhereElse() async throws {
    try await Site.run(SampleSource(), Site.options(token: "correct-horse-battery")) { site in
      for next in [
        "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example",
        "%2Fa%0D%0ASet-Cookie%3A%20x%3Dy", "",
      ] {
        let reply = try await site.get("/language/ko?next=\(next)")
        #expect(reply["location"] == "/", "\(next)")
      }
      for language in ["de", "..", "ko%0D%0Ax", "KO"] {
        let reply = try await site.get("/language/\(language)?next=%2F")
        #expect(reply.status == 404, "\(language)")
        #expect(reply["set-cookie"] == nil)
      }
      // A cookie that is none of ours changes nothing.
      let reply = try await site.get("/sign-in", ["Cookie": "langflix_language=<b>"])
      #expect(reply.text.contains("<html lang=\"en\">"))
      #expect(try await site.get("/sign-in", ["Accept-Language": "ko"]).text.contains("로그인"))
    }
  }

  @Test func problemsAreToldInTheBrowsersLanguageAndToProgramsInEnglish() async throws {
    try await Site.run { site in
      let page = ["Accept": "text/html", "Accept-Language": "ko"]
      #expect(try await site.get("/nowhere", page).text.contains("여기에는 아무것도 없습니다"))
      #expect(
        try await site.get("/episodes?limit=0", page).text
          .contains("limit에는 1부터 200까지의 정수만 됩니다"))
      let strange = try await site.get("/", page.merging(["Host": "evil.example"]) { $1 })
      #expect(strange.status == 421)
      #expect(strange.text.contains("dashboard.hosts에"))
      let program = try await site.get("/api/v1/episodes?limit=0", ["Accept-Language": "ko"])
      #expect(program.text == #"{"error":"limit must be a whole number from 1 to 200"}"#)
    }
  }

  @Test func oneAndManyAreTold() {
    #expect(Words.count(.clips, 1, .english) == "1 clip")
    #expect(Words.count(.clips, 0, .english) == "0 clips")
    #expect(Words.count(.clips, 1, .korean) == "클립 1개")
    #expect(
      Words.count(.batchesFailed, 3, .english, ["failed": "1"]) == "1 of 3 batches failed")
    // A value that looks like a place stays as it is.
    #expect(
      Words.text(.unknownParameter, .english, ["name": "{name}"]) == "unknown parameter '{name}'")
  }
}
