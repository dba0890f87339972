import LanguageModels
import Testing

@Suite("HTTP: requests that are refused before anything is sent", .timeLimit(.minutes(10)))
struct HTTPCheckingTests {
  private func failure(_ change: (inout HTTPRequest) -> Void) async -> HTTPFailure? {
    // Nobody listens there: a request that got so far would be 'unreachable'.
    var request = HTTPRequest(url: "http://127.0.0.1:1/", timeLimit: .seconds(60))
    change(&request)
    return await HTTPClient().failure(of: request)
  }

  @Test("the request that the others change is well made")
  func wellMade() async {
    #expect(await failure { _ in }?.kind == .unreachable)
  }

  @Test(
    "a header's value holds no line break",
    arguments: ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "key\n"])
  func values(_ value: String) async {
    let failure = await failure { $0.headers = [HTTPHeader("Authorization", value)] }
    #expect(failure?.kind == .invalid)
    #expect(failure?.message.contains("Authorization") == true)
    #expect(failure?.message.contains("Evil") == false)
  }

  @Test(
    "a header's name is a word, and none that the client sets",
    arguments: [
      "", "a b", "a:", "a\r\nX", "a\0", "ü", "\u{212A}", "Content-Length", "transfer-encoding",
      "Expect",
    ])
  func names(_ name: String) async {
    #expect(await failure { $0.headers = [HTTPHeader(name, "x")] }?.kind == .invalid)
  }

  @Test("a method is a word", arguments: ["", "GET /evil HTTP/1.1\r\nX:", "A B", "GÉT"])
  func methods(_ method: String) async {
    #expect(await failure { $0.method = method }?.kind == .invalid)
  }

  @Test(
    "a URL is absolute, http or https, and never shown",
    arguments: [
      "", "/v1?secret", "127.0.0.1/secret", "ftp://127.0.0.1/secret", "file:///secret",
      "http://", "http://127.0.0.1:99999/secret", "http://127.0.0.1/a\nsecret",
      "http://127.0.0.1\0/secret", "http://a b/secret", "gopher://secret",
    ])
  func urls(_ url: String) async {
    let failure = await failure { $0.url = url }
    #expect(failure?.kind == .invalid)
    #expect(failure?.message.contains("secret") == false)
  }

  @Test("a message names host and port, not the password in the URL")
  func credentials() async {
    let failure = await failure { $0.url = "http://user:secret@127.0.0.1:1/?key=secret" }
    #expect(failure?.message.hasPrefix("127.0.0.1:1: ") == true)
    #expect(failure?.message.contains("secret") == false)
  }
}
