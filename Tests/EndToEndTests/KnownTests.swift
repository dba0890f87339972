import Foundation
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(10))) struct KnownTests {
  @Test func theListIsKeptByCommand() async throws {
    let place = try Workplace()
    let added = try await place.langflix(["known", "add", "give up", "To give up!", "so far"])
    #expect(added.status == 0, "\(added.errors)")
    #expect(added.output.hasPrefix("2 added, 1 there already"), "\(added.output)")
    let export = place.root.appending("anki.txt").string
    try Data("#separator:tab\n#html:true\n<b>get</b> by\tx\nso far\ty\n".utf8).write(
      to: URL(fileURLWithPath: export))
    let imported = try await place.langflix(["known", "import", export])
    #expect(imported.output.hasPrefix("1 added, 1 there already"), "\(imported.output)")
    #expect(try await place.langflix(["known", "remove", "so far"]).status == 0)
    #expect(try await place.langflix(["known"]).output == "give up\nget by\n")
    let windows = "so far\r\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    try Data([0xFF, 0xFE] + windows).write(to: URL(fileURLWithPath: export))
    #expect(try await place.langflix(["known", "import", export]).output.hasPrefix("1 added"))
    try Data("PK\u{3}\u{4}\u{0}\u{8}\u{1}give up".utf8).write(to: URL(fileURLWithPath: export))
    let package = try await place.langflix(["known", "import", export])
    #expect(package.status == 1)
    #expect(package.errors.contains("Notes in Plain Text"), "\(package.errors)")
    #expect(try await place.langflix(["known", "remove", "so far"]).status == 0)
    let json = try await place.langflix(["known", "list", "--json"])
    #expect(json.output.contains("\"get by\""))
  }

  @Test func whichListIsAsked() async throws {
    let place = try Workplace()
    let none = try await place.langflix(["known", "--library", "nowhere"])
    #expect(none.status == 78)
    #expect(none.errors.contains("there are: media"), "\(none.errors)")
    let missing = try await place.langflix(["known", "import", "/nowhere"])
    #expect(missing.status == 1)
    let file = place.root.appending("empty.txt").string
    try Data("\n...\n".utf8).write(to: URL(fileURLWithPath: file))
    let empty = try await place.langflix(["known", "import", file])
    #expect(empty.status == 1)
    #expect(empty.errors.contains("holds no phrase"), "\(empty.errors)")
  }
}
