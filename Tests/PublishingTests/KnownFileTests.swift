import Expressions
import Foundation
import Publishing
import SystemPackage
import Testing

@Suite struct KnownFileTests {
  let root: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("langflix-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = FilePath(url.path)
  }

  private var file: URL { URL(fileURLWithPath: root.appending("known.txt").string) }

  @Test func noFileIsAnEmptyList() throws {
    #expect(try KnownFile.read(libraryRoot: root).phrases.isEmpty)
    try KnownFile.edit(libraryRoot: root) { $0 }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.string).isEmpty)
  }

  @Test func anEditLeavesNothingBesideItAndKeepsTheMode() throws {
    try Data("give up\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: file.path)
    try KnownFile.edit(libraryRoot: root) { KnownPhrases.adding(["so far"], to: $0).text }
    #expect(try KnownFile.read(libraryRoot: root).phrases == ["give up", "so far"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.string) == ["known.txt"])
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o664)
  }

  @Test func windowsEditorsAreRead() throws {
    try
      (Data([0xFF, 0xFE])
      + Data("gib auf\r\nso weit".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))
      .write(to: file)
    #expect(try KnownFile.read(libraryRoot: root).phrases == ["gib auf", "so weit"])
    try Data([0x66, 0xFC, 0x72, 0x0A]).write(to: file)
    #expect(try KnownFile.read(libraryRoot: root).phrases == ["für"])
    try Data([0x69, 0x74, 0x92, 0x73, 0x0A]).write(to: file)
    #expect(try KnownFile.read(libraryRoot: root).phrases == ["it’s"])
  }

  @Test func aListThatWouldBeTooLongStaysAsItWas() throws {
    try Data("give up\n".utf8).write(to: file)
    #expect(throws: PublishingError.self) {
      try KnownFile.edit(libraryRoot: root) { $0 + String(repeating: "so far\n", count: 700_000) }
    }
    #expect(try KnownFile.read(libraryRoot: root).phrases == ["give up"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.string) == ["known.txt"])
  }

  @Test func nothingIsWrittenThroughLinks() throws {
    let elsewhere = URL(fileURLWithPath: root.appending("elsewhere.txt").string)
    try Data("mine".utf8).write(to: elsewhere)
    let temporary = root.appending(".known.txt.langflix").string
    try FileManager.default.createSymbolicLink(
      atPath: temporary, withDestinationPath: elsewhere.path)
    try KnownFile.edit(libraryRoot: root) { KnownPhrases.adding(["so far"], to: $0).text }
    #expect(try String(contentsOf: elsewhere, encoding: .utf8) == "mine")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(
      atPath: file.path, withDestinationPath: elsewhere.path)
    #expect(throws: PublishingError.self) {
      try KnownFile.edit(libraryRoot: root) { KnownPhrases.adding(["so far"], to: $0).text }
    }
    #expect(try String(contentsOf: elsewhere, encoding: .utf8) == "mine")
    #expect(!FileManager.default.fileExists(atPath: temporary))
  }

  @Test func binaryDataIsNoList() throws {
    try Data([0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3]).write(to: file)
    #expect(throws: PublishingError.self) { try KnownFile.read(libraryRoot: root) }
  }

  @Test func whatIsNoFileIsAClearError() throws {
    mkfifo(file.path, 0o600)
    #expect(throws: PublishingError.self) { try KnownFile.read(libraryRoot: root) }
    #expect(throws: PublishingError.self) {
      try KnownFile.read(libraryRoot: root.appending("nowhere"))
    }
    #expect(throws: PublishingError.self) {
      try KnownFile.edit(libraryRoot: root.appending("nowhere")) { $0 + "x" }
    }
  }

  @Test func editsAtOnceLoseNoLine() async throws {
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask { [root] in
          await withCheckedContinuation { done in
            Thread.detachNewThread {
              for number in 0..<25 {
                let edit: () throws -> Void = {
                  try KnownFile.edit(libraryRoot: root) {
                    KnownPhrases.adding(["phrase \(writer) \(number)"], to: $0).text
                  }
                }
                // One that finds the list locked for long is refused, and tried again as a person would.
                while (try? edit()) == nil {}
              }
              done.resume()
            }
          }
        }
      }
    }
    #expect(try KnownFile.read(libraryRoot: root).phrases.count == 100)
  }
}
