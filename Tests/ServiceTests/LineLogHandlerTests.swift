import Foundation
import Logging
import ServiceHost
import Synchronization
import Testing

@Suite struct LineLogHandlerTests {
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private func logged(
    _ style: LineLogHandler.Style, _ body: (Logger) -> Void
  ) -> [String] {
    let lines = Lines()
    let logger = Logger(label: "langflix") { label in
      LineLogHandler(label: label, level: LogThreshold(.info), style: style) { lines.add($0) }
    }
    body(logger)
    return lines.all
  }

  @Test func journalLinesCarryTheirPriority() {
    let lines = logged(.prioritized) { logger in
      logger.warning("episode failed", metadata: ["reason": "no video", "episode": "a.mkv"])
      logger.debug("not shown")
    }
    #expect(lines == ["<4>episode failed episode=a.mkv reason=\"no video\"\n"])
  }

  @Test func aHostileNameStaysOnItsLine() {
    let lines = logged(.prioritized) { logger in
      logger.info("file", metadata: ["path": "a\n<0>b\u{1B}[31m\u{202E}gnp.exe"])
    }
    #expect(lines == ["<6>file path=a\\u{a}<0>b\\u{1b}[31m\\u{202e}gnp.exe\n"])
  }

  @Test func jsonIsOneObjectALine() throws {
    let lines = logged(.json) { $0.error("broken \"quote\"", metadata: ["n": "1\n2"]) }
    let line = try #require(lines.first)
    #expect(line.dropLast().contains("\n") == false)
    let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    #expect(object["message"] == "broken \"quote\"")
    #expect(object["level"] == "error")
    #expect(object["n"] == "1\n2")
  }
}
