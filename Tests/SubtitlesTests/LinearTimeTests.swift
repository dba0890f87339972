import Glibc
import Subtitles
import Testing

/// Four times as much takes about four times as long, whatever it is; what is quadratic takes sixteen times.
@Suite struct LinearTimeTests {
  @Test(arguments: [
    "<", "<i>", "<a", "{\\", "{\\p1}", "([", "&#", "-->", "-->\n", "- a. ", "#\n", "A: b\n",
    "1\n\n", "\r",
    "by ", "www.\n", "\u{FEFF}", "a\u{301}", "<v A>", "\\N",
  ])
  func growsWithItsLength(_ piece: String) {
    let time = "00:00:00,000 --> 00:00:01,000\n"
    let event = "Dialogue: 0,0:00:00.00,0:00:01.00,,,,,,,"
    for (head, foot) in [
      ("", ""), (time, ""), ("WEBVTT\n\n" + time, ""), ("[Events]\n" + event, ""),
    ] {
      expectLinear { count in
        head + String(repeating: piece, count: count / piece.utf8.count) + foot
      }
    }
    // Many entries just below the limit of one.
    let long = String(repeating: piece, count: 4_000 / piece.utf8.count)
    expectLinear { String(repeating: time + long + "\n\n", count: $0 / 4_000) }
    expectLinear { "[Events]\n" + String(repeating: event + long + "\n", count: $0 / 4_000) }
  }

  /// Entries that typesetting repeats are looked up, not searched for.
  @Test func repeatsAreFoundInLinearTime() {
    let event = "Dialogue: 0,0:00:00.00,9:00:00.00,,,,,,,"
    expectLinear { count in
      "[Events]\n" + (0..<count / 48).map { "\(event)\($0)\n" }.joined()
    }
  }

  private func expectLinear(_ make: (Int) -> String) {
    let small = Array(make(15_000).utf8)
    let large = Array(make(60_000).utf8)
    // What is quadratic is so each time; a machine with other work to do is slow at times.
    var ratio = 0.0
    for _ in 0..<8 {
      let one = (0..<3).map { _ in seconds(small) }.min() ?? 0
      let four = (0..<2).map { _ in seconds(large) }.min() ?? 0
      ratio = four / max(one, 0.001)
      if ratio < 9 { return }
    }
    Issue.record("\(ratio) times as long")
  }

  /// Of this thread on a processor, whatever else the machine does.
  private func seconds(_ bytes: [UInt8]) -> Double {
    var (start, end) = (timespec(), timespec())
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    _ = try? SubtitleParser.parse(bytes, .init(fileExtension: "srt"))
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
  }
}
