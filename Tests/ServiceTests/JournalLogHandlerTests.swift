import Foundation
import Logging
import ServiceHost
import Synchronization
import Testing

@Suite struct JournalLogHandlerTests {
  private final class Entries: Sendable {
    private let entries = Mutex<[[String]]>([])
    var all: [[String]] { entries.withLock { $0 } }
    func add(_ entry: [String]) { entries.withLock { $0.append(entry) } }
  }

  private let entries = Entries()
  private let threshold = LogThreshold(.info)
  private let secrets = SecretFilter()

  private var logger: Logger {
    Logger(label: "langflix") { [entries, threshold, secrets] label in
      JournalLogHandler(label: label, level: threshold, secrets: secrets) {
        entries.add($0)
        return true
      }
    }
  }

  @Test func anEventHasFieldsOfItsOwn() throws {
    var logger = logger
    logger[metadataKey: "episode"] = "a b.mkv"
    logger.warning("episode failed", metadata: ["reason": "no video", "clip.no-2": "7"])
    let entry = try #require(entries.all.first)
    for item in [
      "MESSAGE=episode failed clip.no-2=7 episode=\"a b.mkv\" reason=\"no video\"", "PRIORITY=4",
      "SYSLOG_IDENTIFIER=langflix", "LANGFLIX_EPISODE=a b.mkv", "LANGFLIX_REASON=no video",
      "LANGFLIX_CLIP_NO_2=7", "MESSAGE_ID=\(EventKind.episodeFailed.rawValue)",
      "LANGFLIX_LOGGER=langflix",
    ] {
      #expect(entry.contains(item), "no \(item) in \(entry)")
    }
    #expect(entry.contains { $0.hasPrefix("CODE_FILE=") && $0.contains("JournalLogHandlerTests") })
    #expect(entry.contains { $0.hasPrefix("CODE_LINE=") })
    #expect(entry.contains("CODE_FUNC=anEventHasFieldsOfItsOwn()"))
  }

  @Test func aMessageOfNoKindHasNoIdentifier() throws {
    logger.info("something else")
    let entry = try #require(entries.all.first)
    #expect(!entry.contains { $0.hasPrefix("MESSAGE_ID=") })
  }

  @Test func aHostileValueStaysInItsField() throws {
    logger.info("file", metadata: ["path": "a\nPRIORITY=0"])
    let entry = try #require(entries.all.first)
    #expect(entry.contains("LANGFLIX_PATH=a\nPRIORITY=0"), "the journal's own framing carries it")
    #expect(entry.filter { $0.hasPrefix("PRIORITY=") } == ["PRIORITY=6"])
    #expect(entry.contains { $0.hasPrefix("MESSAGE=") && !$0.contains("\n") })
  }

  @Test func noSecretIsLogged() {
    secrets.add(["sk-12345678", "sk-12345678-and-more"])
    struct Refusal: Error, CustomStringConvertible { let description: String }
    logger.error(
      "refused: sk-12345678-and-more", error: Refusal(description: "bad key sk-12345678"),
      metadata: ["url": "https://x/?key=sk-12345678"])
    let text = entries.all.joined().joined(separator: "\n")
    #expect(!text.contains("sk-1"))
    #expect(text.contains("refused: (hidden)"))
    #expect(text.contains("LANGFLIX_URL=https://x/?key=(hidden)"))
  }

  @Test func theLevelIsThatOfAllLoggersTogether() {
    let logger = logger
    logger.debug("not yet")
    threshold.level = .debug
    logger.debug("now")
    #expect(entries.all.count == 1)
  }
}

/// `JOURNAL_STREAM` belongs to the whole process.
@Suite(.serialized) struct JournalTests {
  @Test func standardErrorIsTheJournalOnlyWhenItIsThatStream() throws {
    var status = stat()
    try #require(fstat(STDERR_FILENO, &status) == 0)
    defer { unsetenv("JOURNAL_STREAM") }
    setenv("JOURNAL_STREAM", "\(status.st_dev):\(status.st_ino)", 1)
    #expect(Journal.isStandardError)
    setenv("JOURNAL_STREAM", "\(status.st_dev):\(status.st_ino + 1)", 1)
    #expect(!Journal.isStandardError, "somebody has redirected it")
    setenv("JOURNAL_STREAM", "nonsense", 1)
    #expect(!Journal.isStandardError)
    unsetenv("JOURNAL_STREAM")
    #expect(!Journal.isStandardError)
  }
}
