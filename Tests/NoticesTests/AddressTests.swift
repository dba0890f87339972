import Settings
import SystemPackage
import Testing

@Suite struct AddressTests {
  typealias Kind = ReceiverAddress.Kind

  @Test(arguments: [
    ("https://ntfy.sh/my-topic", Kind.ntfy, "https://ntfy.sh/my-topic"),
    ("ntfy+http://nas.lan:8090/topic", .ntfy, "http://nas.lan:8090/topic"),
    (
      "https://discord.com/api/webhooks/12/ab_c", .discord,
      "https://discord.com/api/webhooks/12/ab_c"
    ),
    (
      "https://canary.discord.com/api/webhooks/1/a", .discord,
      "https://canary.discord.com/api/webhooks/1/a"
    ),
    (
      "https://notdiscord.com/api/webhooks/1/a", .webhook, "https://notdiscord.com/api/webhooks/1/a"
    ),
    ("HTTP://HA.lan:8123/api/webhook/Ab?x=1", .webhook, "http://ha.lan:8123/api/webhook/Ab?x=1"),
    ("webhook+https://ntfy.sh/topic", .webhook, "https://ntfy.sh/topic"),
    ("http://[::1]:80/a", .webhook, "http://[::1]:80/a"),
    ("https://host.example/hooks/a/", .webhook, "https://host.example/hooks/a/"),
    ("ntfy+https://host.example/topic/", .ntfy, "https://host.example/topic"),
  ])
  func kinds(text: String, kind: Kind, url: String) throws {
    let address = try #require(ReceiverAddress(text))
    #expect(address.kind == kind)
    #expect(address.url.value == url)
    #expect(address.credentials == nil)
  }

  @Test func credentials() throws {
    let basic = try #require(ReceiverAddress("https://me:p%40ss:w@host.example:1/hook"))
    #expect(basic.credentials == .basic(user: "me", password: Secret("p@ss:w")))
    #expect(basic.url.value == "https://host.example:1/hook")
    #expect(basic.server == "host.example:1")
    let bearer = try #require(ReceiverAddress("ntfy+https://:tk_secret@ntfy.example/topic"))
    #expect(bearer.credentials == .bearer(Secret("tk_secret")))
    #expect(bearer.secrets == ["https://ntfy.example/topic", "tk_secret"])
  }

  @Test(arguments: [
    "", "topic", "ftp://host/x", "https://", "https://host/a#b", "https://host/a b",
    "https://@host/a",
    "https://user@host/a", "https://user:@host/a", "https://u:p%0Ax@host/a", "ntfy+https://host/",
    "ntfy+https://host", "ntfy+https://host/to.pic", "https://ntfy.sh/topic?x=1",
    "slack+https://host/a", "https://höst/a",
  ])
  func whatIsNone(text: String) { #expect(ReceiverAddress(text) == nil) }

  @Test func noneShowsWhatItHolds() throws {
    let address = try #require(ReceiverAddress("https://u:secret1@host.example/hidden2"))
    var dumped = ""
    dump(address, to: &dumped)
    for text in ["\(address)", String(reflecting: address), dumped] {
      #expect(!text.contains("secret1") && !text.contains("hidden2"), "\(text)")
    }
  }

  @Test(arguments: [
    ("/media=/data/tv", "/media", "/data/tv"), ("/media/=/data/", "/media", "/data"),
    ("/a=D:\\TV", "/a", "D:\\TV"), ("/a=\\\\nas\\tv", "/a", "\\\\nas\\tv"), ("/a=/", "/a", "/"),
  ])
  func folders(text: String, ours: String, theirs: String) throws {
    let name = try #require(FolderName(text))
    #expect(name.ours.string == ours)
    #expect(name.theirs == theirs)
  }

  @Test(arguments: ["/media", "media=/data", "/media=data", "/media=", "=/data"])
  func whatIsNoPair(text: String) { #expect(FolderName(text) == nil) }
}
